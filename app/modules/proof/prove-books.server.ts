import type { Prover } from "./prove.server.ts";

/** Books a slice. */
const BOOKS = 1_000;

interface Book {
	id: number;
	kind: string;
	keptMicros: number;
	creditMicros: number;
	/** Of its last posting. */
	countedMicros: number;
}

/** Each book's balance is that of its last posting and within its limit, and all of them together are zero. @returns how many there are. */
export async function proveBooks({ tx, slice, report }: Prover): Promise<number> {
	let books = 0;
	for (let after = 0, isMore = true; isMore; ) {
		const rows = await slice(() =>
			tx
				.sql<Book>(
					`SELECT b.id, b.kind, b.balance_micros AS keptMicros, b.credit_micros AS creditMicros,
					        coalesce((SELECT p.balance_micros FROM postings p WHERE p.book_id = b.id ORDER BY p.transfer_id DESC LIMIT 1), 0)
					          AS countedMicros
					   FROM ledger_books b WHERE b.id > ? ORDER BY b.id LIMIT ${BOOKS}`,
				)
				.all(after),
		);
		for (const { id, kind, keptMicros, countedMicros, creditMicros } of rows) {
			if (keptMicros !== countedMicros) report({ kind: "balance", id, keptMicros, countedMicros });
			const isBelow = (kind === "available" || kind === "held") && keptMicros < -creditMicros;
			if (isBelow || (kind === "owed" && keptMicros > 0))
				report({ kind: "limit", id, keptMicros, countedMicros: isBelow ? -creditMicros : 0 });
		}
		books += rows.length;
		after = rows.at(-1)?.id ?? after;
		isMore = rows.length === BOOKS;
	}
	const total = await slice(
		() => tx.sql<{ sum: number }>("SELECT coalesce(sum(balance_micros), 0) AS sum FROM ledger_books").get()!.sum,
	);
	if (total !== 0) report({ kind: "total", id: 0, keptMicros: total, countedMicros: 0 });
	return books;
}
