import type { ChannelName } from "#app/channels/channel.ts";
import { readBooks, type Tx } from "#db/tx.ts";
import { ANY_BUYER } from "./find-price.server.ts";
import {
	ACCOUNTS_A_SLICE,
	type FoundLosses,
	gatherLosses,
	lists,
	lossesOverTime,
	throughBuyers,
	unchanged,
} from "./gather-losses.server.ts";
import type { Change, Loss } from "./losses.ts";
import { ownCost } from "./own-cost.server.ts";
import type { PriceChange } from "./price-change.ts";
import type { Lines, PriceRow } from "./price-list.ts";
import { priceRows } from "./price-rows.server.ts";

interface Seller {
	id: number;
	path: string;
}

/**
 * Who would sell below cost by a change of a seller's prices: the seller itself, and the dealers directly below it for whom the price is a
 * cost. Nobody else's cost or price is changed by it. Goes through buyers and dealers by their ids, a few at a time, so that nothing else
 * waits; what changes meanwhile is the caller's to notice (`lastPriceId`).
 */
export function findLosses(seller: Seller, change: PriceChange): Promise<FoundLosses> {
	const channels = new Set(change.lines.map((line) => line.channel));
	return gatherLosses(channels, (channel) => search(seller, change, channel));
}

async function* search(seller: Seller, change: PriceChange, channel: ChannelName): AsyncGenerator<Loss[]> {
	const { buyerId } = change;
	const fromUtc = change.fromUtc ?? Date.now();
	const news = change.lines
		.filter((line) => line.channel === channel)
		.map((line): PriceRow => ({ buyerId, ...line, fromUtc }));
	const ownLosses = (tx: Tx, to: number) => {
		const sold = priceRows(tx, seller.id, to, channel);
		return lossesOverTime({ sellerId: seller.id, buyerId: to }, fromUtc, sold, (at) => ({
			cost: unchanged(ownCost(tx, seller.path, channel, at)),
			price: listsBy(sold, news, to, at),
		}));
	};
	// Of a price for one alone only that one's changes.
	if (buyerId !== ANY_BUYER) yield readBooks((tx) => ownLosses(tx, buyerId));
	else yield* throughBuyers(seller.id, channel, ownLosses);
	for (let below = 0; ; ) {
		const dealers = readBooks((tx) => dealersBelow(tx, seller.id, buyerId, channel, below));
		if (dealers.length === 0) return;
		below = dealers.at(-1)!;
		for (const dealerId of dealers)
			yield* throughBuyers(dealerId, channel, (tx, to) => {
				const sold = priceRows(tx, dealerId, to, channel);
				const bought = priceRows(tx, seller.id, dealerId, channel);
				return lossesOverTime({ sellerId: dealerId, buyerId: to }, fromUtc, [...sold, ...bought], (at) => ({
					cost: listsBy(bought, news, dealerId, at),
					price: unchanged(lists(sold, to, at)),
				}));
			});
	}
}

/** Dealers directly below, with prices of their own, whose cost the change may move. */
function dealersBelow(tx: Tx, sellerId: number, buyerId: number, channel: ChannelName, after: number): number[] {
	return tx
		.sql(
			`SELECT a.id FROM accounts a
			  WHERE a.parent_id = @sellerId AND a.id > @after AND (@buyerId = ${ANY_BUYER} OR a.id = @buyerId) AND a.state <> 'closed'
			    AND EXISTS (SELECT 1 FROM prices p WHERE p.account_id = a.id AND p.channel = @channel)
			  ORDER BY a.id LIMIT ${ACCOUNTS_A_SLICE}`,
		)
		.pluck()
		.all({ sellerId, buyerId, channel, after }) as number[];
}

function listsBy(rows: PriceRow[], news: PriceRow[], buyerId: number, at: number): Change<Lines[]> {
	return { before: lists(rows, buyerId, at), after: lists([...rows, ...news], buyerId, at) };
}
