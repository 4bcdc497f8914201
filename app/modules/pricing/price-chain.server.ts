import type { Tier } from "#app/modules/charging/tiers.ts";
import type { Tx } from "#db/tx.ts";
import { findPrice, type PricedAs } from "./find-price.server.ts";

/** `missing`: the account that has no price from the one directly above it; the lowest such. */
export type PriceChain = { tiers: Tier[] } | { missing: number };

/**
 * What each account of a branch pays for one message (SMS: for one part), from the one that sends up to the one below the root. The
 * root's own messages have no tiers.
 *
 * @param of.path of the account that sends: "/1/5/9/".
 */
export function priceChain(tx: Tx, { path, ...of }: PricedAs & { path: string }): PriceChain {
	const ids = path.split("/").filter(Boolean).map(Number);
	const tiers: Tier[] = [];
	for (let i = ids.length - 1; i > 0; i--) {
		const buyerId = ids[i]!;
		const unitMicros = findPrice(tx, { ...of, sellerId: ids[i - 1]!, buyerId });
		if (unitMicros === null) return { missing: buyerId };
		tiers.push({ accountId: buyerId, unitMicros });
	}
	return { tiers };
}

/** The tiers of a message that goes as so many SMS. */
export function tiersOfParts(tiers: Tier[], parts: number): Tier[] {
	return tiers.map(({ accountId, unitMicros }) => ({ accountId, unitMicros: unitMicros * parts }));
}
