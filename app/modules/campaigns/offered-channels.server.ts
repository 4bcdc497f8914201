import { type ChannelName, limitsOn } from "#app/channels/channel.ts";
import { requireAdapter } from "#app/channels/registry.ts";
import type { Tx } from "#db/tx.ts";

/** A channel that a campaign can go out on today. */
export interface OfferedChannel {
	channel: ChannelName;
	/** Characters, as app/modules/campaigns/campaign.schema.ts counts them: what each of its active providers takes. */
	textMax: number;
}

/**
 * The channels for which a provider is active. Which of several carries a message is decided when it is sent, so a text must fit
 * the strictest of them.
 */
export function offeredChannels(tx: Tx): OfferedChannel[] {
	const providers = tx
		.sql<{ channel: ChannelName; adapter: string }>(
			"SELECT DISTINCT channel, adapter FROM providers WHERE state = 'active' ORDER BY channel",
		)
		.all();
	const offered = new Map<ChannelName, number>();
	for (const { channel, adapter } of providers) {
		const { kinds, textMax } = limitsOn(requireAdapter(adapter), channel);
		if (kinds.includes("text")) offered.set(channel, Math.min(offered.get(channel) ?? textMax, textMax));
	}
	return [...offered].map(([channel, textMax]) => ({ channel, textMax }));
}
