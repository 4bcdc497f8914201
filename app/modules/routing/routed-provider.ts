import type { ChannelName, ContentKind } from "#app/channels/channel.ts";
import { adapters, isAdapterName } from "#app/channels/registry.ts";

/** A row of `providers` as far as it matters to routes. */
export interface RoutedProvider {
	adapter: string;
	channel: ChannelName;
	state: string;
}

/** Whether the provider takes such content. An adapter of a newer version than this one takes nothing. */
export function takesKind(provider: Pick<RoutedProvider, "adapter" | "channel">, kind: ContentKind): boolean {
	if (!isAdapterName(provider.adapter)) return false;
	return adapters[provider.adapter].channels[provider.channel]?.kinds.includes(kind) ?? false;
}
