import type { Tx } from "#db/tx.ts";

/**
 * The installation's one currency, ISO 4217, such as "EUR". Chosen once, when the books are made (CURRENCY), and never again: every amount in
 * them is in micro-units of it.
 */
export function currency(tx: Tx): string {
	return tx.sql<{ value: string }>("SELECT value FROM settings WHERE key = 'currency'").get()!.value;
}
