import type { Tx } from "#db/tx.ts";
import { BRAKE, type Brake } from "./brake.ts";

/** The brake of accounts that nobody has chosen another one for. */
export function platformBrake(tx: Tx): Brake {
	const row = tx.sql<{ value: string }>("SELECT value FROM settings WHERE key = 'brake'").get();
	return row ? { ...BRAKE, ...(JSON.parse(row.value) as Partial<Brake>) } : BRAKE;
}
