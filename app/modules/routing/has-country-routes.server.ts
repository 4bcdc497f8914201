import type { ChannelName } from "#app/channels/channel.ts";
import type { Tx } from "#db/tx.ts";
import { keptByVersion } from "./routing-version.server.ts";

const keptOf = keptByVersion<boolean>(10);

/** Whether any route of the channel names a country: then messages to two countries are not to be claimed together. */
export function hasCountryRoutes(tx: Tx, channel: ChannelName): boolean {
	return keptOf(
		tx,
		channel,
		() => tx.sql("SELECT 1 FROM routes WHERE channel = ? AND country <> '' LIMIT 1").get(channel) !== undefined,
	);
}
