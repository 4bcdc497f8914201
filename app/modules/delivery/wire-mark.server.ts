import { inTx, readBooks } from "#db/tx.ts";
import { wireNow } from "#jobs/wire/wire-now.ts";

const KEY = "wire_mark";

/**
 * Writes into the books up to when they hold all that the wire has. The moment is Postgres's own, and had before the transaction: what the
 * wire learned of before it was in the books before this. Books that have lost their newest part bear an older mark, and so say themselves
 * from when on they are to be compared.
 */
export async function setWireMark(): Promise<void> {
	const atUtc = await wireNow();
	await inTx((tx) => {
		tx.sql(
			"INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
		).run(KEY, String(atUtc));
	});
}

/** Unix ms, by Postgres; 0: never marked. */
export function wireMark(): number {
	const row = readBooks((tx) => tx.sql<{ value: string }>("SELECT value FROM settings WHERE key = ?").get(KEY));
	return row ? Number(row.value) : 0;
}
