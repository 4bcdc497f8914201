import { isHeld } from "#app/modules/backup/read-hold.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { wireLine } from "#jobs/wire/wire-line.ts";
import { wireNow } from "#jobs/wire/wire-now.ts";

const KEY = "wire_mark";
const LINE_KEY = "wire_line";

/**
 * Writes into the books up to when they hold all that the wire has. The moment is Postgres's own, and had before the transaction: what the
 * wire learned of before it was in the books before this. Books that have lost their newest part bear an older mark, and so say themselves
 * from when on they are to be compared, and with which wire. A restored copy that is held keeps the mark that it was copied with.
 */
export async function setWireMark(): Promise<void> {
	const line = await wireLine();
	const atUtc = await wireNow();
	if (isHeld()) return;
	await inTx((tx) => {
		for (const [key, value] of [
			[KEY, String(atUtc)],
			[LINE_KEY, line],
		])
			tx.sql(
				`INSERT INTO settings (key, value) VALUES (?, ?)
				 ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
			).run(key, value);
	});
}

/** Which wire the mark is of; "": never marked. */
export function markedLine(): string {
	const row = readBooks((tx) => tx.sql<{ value: string }>("SELECT value FROM settings WHERE key = ?").get(LINE_KEY));
	return row?.value ?? "";
}

/** Unix ms, by Postgres; 0: never marked. */
export function wireMark(): number {
	const row = readBooks((tx) => tx.sql<{ value: string }>("SELECT value FROM settings WHERE key = ?").get(KEY));
	return row ? Number(row.value) : 0;
}
