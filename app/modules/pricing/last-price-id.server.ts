import type { Tx } from "#db/tx.ts";

/** Raised by every change of any price: what was read of prices before it may not hold any more. */
export function lastPriceId(tx: Tx): number {
	return tx.sql<{ id: number | null }>("SELECT max(id) AS id FROM prices").get()!.id ?? 0;
}
