import type { Tx } from "./tx.ts";

/**
 * Which line of books these are: under which taking over they were written last, and what they held when it began, as they say themselves. What
 * was written under `baseEpoch` as a later transaction than `baseTxid` they do not have. Whoever puts a copy of books in their place by hand takes
 * it out of the settings: it is of positions that are no more.
 */
export interface BooksLine {
	/** 0: never taken over; always without LiteFS. */
	epoch: number;
	/** 0: nobody knows. */
	baseEpoch: number;
	baseTxid: number;
}

export const BOOKS_LINE_KEY = "books_line";

export function booksLine(tx: Tx): BooksLine {
	const row = tx.sql<{ value: string }>("SELECT value FROM settings WHERE key = ?").get(BOOKS_LINE_KEY);
	const [epoch = 0, baseEpoch = 0, baseTxid = 0] = row?.value.split("/").map(Number) ?? [];
	return { epoch, baseEpoch, baseTxid };
}

/** Only for whoever takes the books over, as the first that it writes. */
export function setBooksLine(tx: Tx, { epoch, baseEpoch, baseTxid }: BooksLine): void {
	tx.sql("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(
		BOOKS_LINE_KEY,
		`${epoch}/${baseEpoch}/${baseTxid}`,
	);
}
