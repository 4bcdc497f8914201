import type { ContentKind } from "#app/channels/channel.ts";

/** Every kind of content, in the order in which people choose. */
export const CONTENT_KINDS = [
	"text",
	"image",
	"image_text",
	"text_button",
	"image_text_button",
] as const satisfies readonly ContentKind[];

/** A kind that is missing in the list does not compile. */
type Missing = Exclude<ContentKind, (typeof CONTENT_KINDS)[number]>;
export const ALL_KINDS_LISTED: [Missing] extends [never] ? true : Missing = true;

export const CHANNELS = ["viber", "whatsapp", "sms"] as const;

/** The channel that an address names ("?channel=sms"); undefined for none and for what there is not. */
export function readChannel(query: URLSearchParams): (typeof CHANNELS)[number] | undefined {
	return CHANNELS.find((one) => one === query.get("channel"));
}
