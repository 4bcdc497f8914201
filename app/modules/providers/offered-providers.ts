import { type ChannelAdapter, type ChannelLimits, type ChannelName, limitsOn } from "#app/channels/channel.ts";
import { type AdapterName, adapters, isAdapterName } from "#app/channels/registry.ts";

/** What can be connected: each adapter on each of its channels. */
export function offeredProviders(): { name: AdapterName; channel: ChannelName }[] {
	return Object.keys(adapters)
		.filter(isAdapterName)
		.flatMap((name) =>
			Object.keys(adapters[name].channels).map((channel) => ({ name, channel: channel as ChannelName })),
		);
}

/** The one that an address names ("?adapter=vonage&channel=sms"); undefined for none and for what there is not. */
export function readOffer(
	query: URLSearchParams,
): { name: AdapterName; channel: ChannelName; adapter: ChannelAdapter<unknown>; limits: ChannelLimits } | undefined {
	const offer = offeredProviders().find(
		({ name, channel }) => name === query.get("adapter") && channel === query.get("channel"),
	);
	if (!offer) return undefined;
	const adapter = adapters[offer.name];
	return { ...offer, adapter, limits: limitsOn(adapter, offer.channel) };
}
