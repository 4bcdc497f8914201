import type { ChannelName } from "#app/channels/channel.ts";
import type { Tx } from "#db/tx.ts";
import { findCostLosses } from "./find-cost-losses.server.ts";
import type { FoundLosses } from "./gather-losses.server.ts";
import type { Lines } from "./price-list.ts";
import { type ProviderCosts, providerLines } from "./price-rows.server.ts";

/** What the root's messages of a channel cost it, before a change of a provider's costs and after it. */
export interface CostPlan {
	channel: ChannelName;
	before: [string, number][];
	after: [string, number][];
}

/** What would become of the root's costs if a provider took so much and was active. */
export function planCosts(tx: Tx, rootId: number, channel: ChannelName, provider: ProviderCosts): CostPlan {
	const entries = (lines: Lines) => [...lines].sort(([a], [b]) => (a < b ? -1 : 1));
	return {
		channel,
		before: entries(providerLines(tx, rootId, channel)),
		after: entries(providerLines(tx, rootId, channel, provider)),
	};
}

/** To whom the root would sell below cost by it. Null: the provider carries nothing. */
export function lossesOfCosts(rootId: number, plan: CostPlan | null): Promise<FoundLosses> {
	const none: [string, number][] = [];
	const { channel, before, after } = plan ?? { channel: "sms" as const, before: none, after: none };
	return findCostLosses(rootId, channel, { before: new Map(before), after: new Map(after) });
}
