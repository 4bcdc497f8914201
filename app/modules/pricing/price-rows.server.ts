import type { ChannelName } from "#app/channels/channel.ts";
import type { Tx } from "#db/tx.ts";
import { ANY_BUYER } from "./find-price.server.ts";
import { type Lines, lineKey, type PriceRow, resolve } from "./price-list.ts";

/** Every row of a seller's lists of one channel: the list for all directly below, and that for one buyer. */
export function priceRows(tx: Tx, sellerId: number, buyerId: number, channel: ChannelName): PriceRow[] {
	return tx
		.sql<PriceRow>(
			`SELECT buyer_account_id AS buyerId, country, kind, unit_micros AS unitMicros, from_utc AS fromUtc FROM prices
			  WHERE account_id = ? AND buyer_account_id IN (${ANY_BUYER}, ?) AND channel = ?`,
		)
		.all(sellerId, buyerId, channel);
}

/** What one provider takes for a message. */
export interface ProviderCosts {
	providerId: number;
	costs: readonly { country: string; kind: string; costMicros: number }[];
}

/**
 * What the root's messages cost it, as a list: of the channel's active providers the dearest, since nobody can say which will carry a
 * message. Not dated.
 *
 * @param instead counted for one of them in place of what it has.
 */
export function providerLines(tx: Tx, rootId: number, channel: ChannelName, instead?: ProviderCosts): Lines {
	const kept = tx
		.sql<{ providerId: number; country: string; kind: string; cost: number }>(
			`SELECT c.provider_id AS providerId, c.country, c.kind, c.cost_micros AS cost FROM provider_costs c
			   JOIN providers p ON p.id = c.provider_id AND p.account_id = c.account_id
			  WHERE c.account_id = ? AND p.channel = ? AND p.state = 'active'`,
		)
		.all(rootId, channel);
	const rows = instead
		? [
				...kept.filter(({ providerId }) => providerId !== instead.providerId),
				...instead.costs.map(({ costMicros: cost, ...of }) => ({ providerId: instead.providerId, ...of, cost })),
			]
		: kept;
	const byProvider = new Map<number, Map<string, number>>();
	for (const { providerId, country, kind, cost } of rows) {
		const lines = byProvider.get(providerId) ?? new Map<string, number>();
		byProvider.set(providerId, lines.set(lineKey(country, kind), cost));
	}
	const dearest = new Map<string, number>();
	for (const country of new Set(["", ...rows.map((row) => row.country)]))
		for (const kind of new Set(["", ...rows.map((row) => row.kind)]))
			for (const lines of byProvider.values()) {
				const cost = resolve([lines], country, kind);
				const key = lineKey(country, kind);
				if (cost !== null) dearest.set(key, Math.max(cost, dearest.get(key) ?? 0));
			}
	return dearest;
}
