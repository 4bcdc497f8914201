import type { Prover } from "./prove.server.ts";

/** Postings a slice: a few milliseconds. */
const POSTINGS = 5_000;

interface Posting {
	bookId: number;
	transferId: number;
	amountMicros: number;
	balanceMicros: number;
}

/** Each posting's balance is that of the one before it in its book, and its own amount: so each balance is the sum of all before it. */
export async function proveChains({ tx, slice, report }: Prover): Promise<void> {
	let last: Posting = { bookId: 0, transferId: 0, amountMicros: 0, balanceMicros: 0 };
	for (let isMore = true; isMore; ) {
		isMore = await slice(() => {
			const rows = tx
				.sql<Posting>(
					`SELECT book_id AS bookId, transfer_id AS transferId, amount_micros AS amountMicros, balance_micros AS balanceMicros
					   FROM postings WHERE (book_id, transfer_id) > (?, ?) ORDER BY book_id, transfer_id LIMIT ${POSTINGS}`,
				)
				.all(last.bookId, last.transferId);
			for (const row of rows) {
				const before = row.bookId === last.bookId ? last.balanceMicros : 0;
				const countedMicros = before + row.amountMicros;
				if (row.balanceMicros !== countedMicros)
					report({ kind: "chain", id: row.bookId, keptMicros: row.balanceMicros, countedMicros });
				last = row;
			}
			return rows.length === POSTINGS;
		});
	}
}
