import type { ChannelName } from "#app/channels/channel.ts";
import {
	type FoundLosses,
	gatherLosses,
	lists,
	lossesOverTime,
	throughBuyers,
	unchanged,
} from "./gather-losses.server.ts";
import type { Change } from "./losses.ts";
import type { Lines } from "./price-list.ts";
import { priceRows } from "./price-rows.server.ts";

/**
 * To whom directly below it the root would sell below cost, if messages of a channel cost it something else. Where no cost is known any
 * more nothing can be said.
 */
export function findCostLosses(rootId: number, channel: ChannelName, cost: Change<Lines>): Promise<FoundLosses> {
	const now = Date.now();
	return gatherLosses([channel], () =>
		throughBuyers(rootId, channel, (tx, buyerId) => {
			const sold = priceRows(tx, rootId, buyerId, channel);
			return lossesOverTime({ sellerId: rootId, buyerId }, now, sold, (at) => ({
				cost: { before: [cost.before], after: [cost.after] },
				price: unchanged(lists(sold, buyerId, at)),
			})).filter(({ costMicros }) => costMicros !== null);
		}),
	);
}
