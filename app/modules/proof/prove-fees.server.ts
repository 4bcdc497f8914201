import type { Prover } from "./prove.server.ts";

/** Ids of transfers a slice. */
const IDS = 5_000;

/** Every month that was charged of a fee took just that fee of just that account, once, and no fee was taken otherwise. */
export async function proveFees({ tx, slice, report }: Prover): Promise<void> {
	const lastId = await slice(
		() =>
			tx
				.sql<{ id: number }>(
					`SELECT max(coalesce((SELECT max(id) FROM transfers), 0), coalesce((SELECT max(transfer_id) FROM fee_months), 0)) AS id`,
				)
				.get()!.id,
	);
	for (let after = 0; after < lastId; after += IDS) {
		const at = { after, to: after + IDS };
		await slice(() => {
			const wrong = tx
				.sql<{ id: number; keptMicros: number; countedMicros: number }>(
					`SELECT m.transfer_id AS id, m.amount_micros AS countedMicros, -coalesce((SELECT sum(p.amount_micros)
					          FROM postings p INDEXED BY postings_transfer WHERE p.transfer_id = m.transfer_id AND p.account_id = m.account_id), 0)
					          AS keptMicros
					   FROM fee_months m LEFT JOIN fees f ON f.id = m.fee_id
					   LEFT JOIN transfers t ON t.id = m.transfer_id AND t.kind = 'fee' AND t.op_id = 'fee:' || m.fee_id || ':' || m.month
					  WHERE m.transfer_id > @after AND m.transfer_id <= @to
					    AND (t.id IS NULL OR keptMicros <> countedMicros OR f.amount_micros IS NOT countedMicros OR f.account_id IS NOT m.account_id)`,
				)
				.all(at);
			const unknown = tx
				.sql<{ id: number }>(
					`SELECT t.id FROM transfers t WHERE t.id > @after AND t.id <= @to AND t.kind = 'fee'
					    AND NOT EXISTS (SELECT 1 FROM fee_months m WHERE m.transfer_id = t.id)`,
				)
				.all(at);
			for (const one of wrong) report({ kind: "fee", ...one });
			for (const { id } of unknown) report({ kind: "fee", id, keptMicros: 0, countedMicros: 0 });
		});
	}
}
