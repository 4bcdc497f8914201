import type { Prover } from "./prove.server.ts";

/** Ids of transfers a slice. */
const IDS = 2_000;

const costsNothing = (tiers: string) =>
	`NOT EXISTS (SELECT 1 FROM json_each(${tiers}) j WHERE j.value ->> 'unitMicros' > 0)`;
/**
 * Messages that cost nobody anything move nothing, and yet have their transfers. What is held for a pair is for the dearer leg; charged
 * after it was given back, the leg that costs nothing moves nothing.
 */
const IS_FREE = `EXISTS (SELECT 1 FROM price_classes k WHERE k.campaign_id = t.campaign_id AND k.class = t.price_class
	AND CASE WHEN k.second_tiers IS NULL THEN ${costsNothing("k.tiers")}
	         WHEN t.kind = 'capture' THEN ${costsNothing("k.tiers")} OR ${costsNothing("k.second_tiers")}
	         ELSE ${costsNothing("k.tiers")} AND ${costsNothing("k.second_tiers")} END)`;

/** Each transfer has postings, each posting a transfer, and together they are zero. @returns how many transfers there are. */
export async function proveTransfers({ tx, slice, report }: Prover): Promise<number> {
	const lastId = await slice(
		() =>
			tx
				.sql<{ id: number }>(
					`SELECT max(coalesce((SELECT max(id) FROM transfers), 0), coalesce((SELECT max(transfer_id) FROM postings), 0)) AS id`,
				)
				.get()!.id,
	);
	let transfers = 0;
	for (let after = 0; after < lastId; after += IDS) {
		const at = { after, to: after + IDS };
		transfers += await slice(() => {
			for (const { id, sum, postings } of tx
				.sql<{ id: number; sum: number; postings: number }>(
					`SELECT t.id, count(p.book_id) AS postings, coalesce(sum(p.amount_micros), 0) AS sum
					   FROM transfers t LEFT JOIN postings p INDEXED BY postings_transfer ON p.transfer_id = t.id
					  WHERE t.id > @after AND t.id <= @to GROUP BY t.id
					 HAVING sum <> 0 OR (postings = 0 AND (t.campaign_id IS NULL OR NOT ${IS_FREE}))`,
				)
				.all(at))
				report({ kind: postings === 0 ? "no_postings" : "transfer_sum", id, keptMicros: sum, countedMicros: 0 });
			for (const { id, sum } of tx
				.sql<{ id: number; sum: number }>(
					`SELECT p.transfer_id AS id, sum(p.amount_micros) AS sum FROM postings p INDEXED BY postings_transfer
					  WHERE p.transfer_id > @after AND p.transfer_id <= @to
					    AND NOT EXISTS (SELECT 1 FROM transfers t WHERE t.id = p.transfer_id) GROUP BY p.transfer_id`,
				)
				.all(at))
				report({ kind: "no_transfer", id, keptMicros: sum, countedMicros: 0 });
			return tx
				.sql<{ count: number }>("SELECT count(*) AS count FROM transfers WHERE id > @after AND id <= @to")
				.get(at)!.count;
		});
	}
	return transfers;
}
