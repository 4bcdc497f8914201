import type { ChannelName } from "#app/channels/channel.ts";
import { CHANNELS } from "#app/modules/routing/content-kinds.ts";
import { readBooks, type Tx } from "#db/tx.ts";
import {
	type FoundLosses,
	gatherLosses,
	lists,
	lossesOverTime,
	throughBuyers,
	unchanged,
} from "./gather-losses.server.ts";
import type { Loss } from "./losses.ts";
import { ownCost } from "./own-cost.server.ts";
import { priceRows } from "./price-rows.server.ts";

interface Place {
	id: number;
	path: string;
}

/**
 * Who would sell below cost, or would have nothing to sell, if an account stood below another one: that other one to the account that
 * moves, and the account that moves to those below it, since it pays the new seller's prices then. Nobody else's cost or price is
 * changed by it.
 *
 * @param account where it stands now, below `account.path`'s last but one.
 */
export function findMoveLosses(account: Place, to: Place): Promise<FoundLosses> {
	const now = Date.now();
	return gatherLosses(CHANNELS, (channel) => search({ account, to, channel, now }));
}

async function* search(move: { account: Place; to: Place; channel: ChannelName; now: number }): AsyncGenerator<Loss[]> {
	const { account, to, channel, now } = move;
	const fromId = Number(account.path.split("/").at(-3));
	const bought = (tx: Tx) => ({
		from: priceRows(tx, fromId, account.id, channel),
		to: priceRows(tx, to.id, account.id, channel),
	});
	const isRoot = to.path.split("/").length === 3;
	yield readBooks((tx) => {
		const rows = bought(tx);
		const of = { sellerId: to.id, buyerId: account.id, isNewBuyer: true };
		return lossesOverTime(of, now, rows.to, (at) => {
			const before = lists(rows.from, account.id, at);
			return {
				// The root may have no cost that anybody has written down; any other that has none cannot sell.
				cost: { before: isRoot ? [] : before, after: ownCost(tx, to.path, channel, at) },
				price: { before, after: lists(rows.to, account.id, at) },
			};
		});
	});
	yield* throughBuyers(account.id, channel, (tx, buyerId) => {
		const rows = bought(tx);
		const sold = priceRows(tx, account.id, buyerId, channel);
		return lossesOverTime({ sellerId: account.id, buyerId }, now, [...sold, ...rows.to], (at) => ({
			cost: { before: lists(rows.from, account.id, at), after: lists(rows.to, account.id, at) },
			price: unchanged(lists(sold, buyerId, at)),
		}));
	});
}
