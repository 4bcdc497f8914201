import type { ChannelName } from "#app/channels/channel.ts";

export const STOP_CHANNELS = ["viber", "whatsapp", "sms"] as const satisfies readonly ChannelName[];

/** By what a person is not to be written to: nothing at all, one channel, or one sender of it. */
export interface StopReach {
	/** "": every one. */
	channel: ChannelName | "";
	/** "": every one; always "" where the channel is. */
	sender: string;
}

/** As a form's choice says it: "", "viber", "viber:DemoShop". */
export function writeReach({ channel, sender }: StopReach): string {
	return sender === "" ? channel : `${channel}:${sender}`;
}

/** The same read back; undefined for what no form offers. */
export function readReach(text: string): StopReach | undefined {
	if (text === "") return { channel: "", sender: "" };
	const at = text.indexOf(":");
	const channel = STOP_CHANNELS.find((one) => one === (at < 0 ? text : text.slice(0, at)));
	const sender = at < 0 ? "" : text.slice(at + 1);
	return channel && !(at >= 0 && sender === "") ? { channel, sender } : undefined;
}
