import type { ChannelName } from "#app/channels/channel.ts";
import type { FallbackReason } from "./fallback-rule.ts";

/** What may stand in for a channel. */
export const STANDS_IN: Record<ChannelName, readonly ChannelName[]> = {
	viber: ["sms", "whatsapp"],
	whatsapp: ["sms"],
	sms: [],
};

/** The form's field of each reason. */
export const REASON_FIELD = {
	not_on_channel: "fallbackNotOnChannel",
	failed: "fallbackFailed",
	expired: "fallbackExpired",
	rejected: "fallbackRejected",
} as const satisfies Record<FallbackReason, string>;

/** What a new campaign's form has ticked and filled in, for when somebody chooses a second way. */
export const FALLBACK_STANDARD = {
	fallbackNotOnChannel: "1",
	fallbackFailed: "1",
	fallbackExpired: "1",
	fallbackRejected: "1",
	fallbackAfter: "2",
	fallbackUnit: "hours",
};
