import type { ChannelName } from "#app/channels/channel.ts";
import { smsParts } from "#app/modules/campaigns/sms-parts.ts";

/** How many times the price one message of this text costs: an SMS its parts, any other message one. */
export function paidParts(channel: ChannelName, text: string): number {
	return channel === "sms" ? smsParts(text).parts : 1;
}
