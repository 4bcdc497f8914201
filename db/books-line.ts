import type { Tx } from "./tx.ts";

/**
 * Which line of books these are: under which taking over they were written last, and what they held when it began, as they say themselves. What
 * was written under `baseEpoch` as a later transaction than `baseTxid` they do not have.
 */
export interface BooksLine {
	/** 0: never taken over; always without LiteFS. */
	epoch: number;
	baseEpoch: number;
	baseTxid: number;
}

const KEY = "books_line";

export function booksLine(tx: Tx): BooksLine {
	const row = tx.sql<{ value: string }>("SELECT value FROM settings WHERE key = ?").get(KEY);
	const [epoch = 0, baseEpoch = 0, baseTxid = 0] = row?.value.split("/").map(Number) ?? [];
	return { epoch, baseEpoch, baseTxid };
}

/** Only for whoever takes the books over, as the first that it writes. */
export function setBooksLine(tx: Tx, { epoch, baseEpoch, baseTxid }: BooksLine): void {
	tx.sql("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(
		KEY,
		`${epoch}/${baseEpoch}/${baseTxid}`,
	);
}
