import { hasBooks } from "#db/cluster/has-books.ts";
import { readBooks, type Tx } from "#db/tx.ts";
import { HOLD_KEY, type Hold } from "./hold.ts";

/** Null: these books are not a copy that waits for its release. */
export function readHold(tx: Tx): Hold | null {
	const row = tx.sql<{ value: string }>("SELECT value FROM settings WHERE key = ?").get(HOLD_KEY);
	return row ? (JSON.parse(row.value) as Hold) : null;
}

/** Whether these books are a restored copy that nobody has released: nothing may reach the outside world, whoever asks for it. */
export function isHeld(): boolean {
	// Of a node of a new cluster there are no books yet, or none with a table.
	if (!hasBooks()) return false;
	return readBooks(
		(tx) => tx.sql("SELECT 1 FROM sqlite_schema WHERE name = 'settings'").get() !== undefined && readHold(tx) !== null,
	);
}

/** Changes it in the caller's transaction. @throws NotHeldError */
export function writeHold(tx: Tx, change: Partial<Hold>): void {
	const hold = readHold(tx);
	if (!hold) throw new NotHeldError("these books are no copy that is held");
	tx.sql("UPDATE settings SET value = ? WHERE key = ?").run(JSON.stringify({ ...hold, ...change }), HOLD_KEY);
}

/** The books are the original, or were released. */
export class NotHeldError extends Error {
	override name = "NotHeldError";
}

/** Nothing reaches the outside world from a copy that is held. */
export class HeldCopyError extends Error {
	override name = "HeldCopyError";
}
