import { z } from "zod";
import type { ChannelName } from "#app/channels/channel.ts";
import { issue } from "#app/lib/issue.ts";
import { CONTROL, tidyText } from "#app/modules/campaigns/campaign.schema.ts";
import type { OfferedChannel } from "#app/modules/campaigns/offered-channels.server.ts";
import { FALLBACK_STANDARD, REASON_FIELD, STANDS_IN } from "./fallback-fields.ts";
import { FALLBACK_REASONS } from "./fallback-rule.ts";
import type { FallbackInput } from "./save-fallback.server.ts";

export const AFTER_MIN_SECONDS = 60;
export const AFTER_MAX_SECONDS = 24 * 3600;

const SECONDS = { minutes: 60, hours: 3600 } as const;
const text = z.string().default("");

/** The part of a campaign's form that says what happens when it does not arrive; gives null where nothing shall. */
export function fallbackForm(channels: OfferedChannel[]) {
	return z
		.object({
			sender: text,
			fallback: text,
			fallbackText: text.transform(tidyText),
			fallbackByTime: text,
			fallbackAfter: text,
			fallbackUnit: z.enum(["minutes", "hours"]).catch("hours"),
			...Object.fromEntries(Object.values(REASON_FIELD).map((field) => [field, text])),
		})
		.transform((form, context): FallbackInput | null => {
			if (form.fallback === "") return null;
			const complain = (path: string, key: string, values?: Record<string, number>) =>
				void context.addIssue({ code: "custom", path: [path], message: issue(`fallback:error.${key}`, values) });
			const sender = readWay(form.sender, form.fallback, channels, (key) => complain("fallback", key));
			checkText(
				form.fallbackText,
				channels.find(({ channel }) => channel === sender?.channel)?.textMax,
				(key, values) =>
					void context.addIssue({
						code: "custom",
						path: ["fallbackText"],
						message: issue(`campaigns:error.${key}`, values),
					}),
			);
			const afterSeconds = form.fallbackByTime ? secondsOf(form.fallbackAfter, form.fallbackUnit) : null;
			if (Number.isNaN(afterSeconds)) complain("fallbackAfter", "after", { hours: AFTER_MAX_SECONDS / 3600 });
			const ticked = form as Record<string, string>;
			const reasons = FALLBACK_REASONS.filter((reason) => ticked[REASON_FIELD[reason]]);
			if (afterSeconds === null && reasons.length === 0) complain("fallbackWhen", "never");
			return sender ? { sender, text: form.fallbackText, afterSeconds, reasons } : z.NEVER;
		});
}

function readWay(
	first: string,
	second: string,
	channels: OfferedChannel[],
	complain: (key: string) => void,
): FallbackInput["sender"] | undefined {
	const [, channel, name] = /^(whatsapp|sms):(.+)$/.exec(second) ?? [];
	const from = first.split(":")[0] as ChannelName;
	if (!channel || !name) complain("sender_missing");
	else if (!channels.some((one) => one.channel === channel)) complain("channel_closed");
	else if (from in STANDS_IN && !STANDS_IN[from].includes(channel as ChannelName))
		complain(from === channel ? "same_channel" : "no_such_way");
	else return { channel: channel as ChannelName, name };
	return undefined;
}

function checkText(
	text: string,
	max = Number.POSITIVE_INFINITY,
	complain: (key: string, values?: Record<string, number>) => void,
): void {
	if (text.trim() === "") complain("text_missing");
	else if (CONTROL.test(text)) complain("text_control");
	else if (text.length > max) complain("text_too_long", { max, count: text.length - max });
}

/** NaN: no such time, or not one that can be waited for. */
function secondsOf(typed: string, unit: keyof typeof SECONDS): number {
	const seconds = /^\d{1,4}$/.test(typed.trim()) ? Number(typed) * SECONDS[unit] : Number.NaN;
	return seconds >= AFTER_MIN_SECONDS && seconds <= AFTER_MAX_SECONDS ? seconds : Number.NaN;
}

/** A second leg as its form had it. */
export function fallbackAsForm(fallback: FallbackInput | null): Record<string, string> {
	if (!fallback) return FALLBACK_STANDARD;
	const { sender, text, afterSeconds, reasons } = fallback;
	const seconds = afterSeconds ?? AFTER_MIN_SECONDS * 120;
	const isHours = seconds % SECONDS.hours === 0;
	return {
		fallback: `${sender.channel}:${sender.name}`,
		fallbackText: text,
		...(afterSeconds !== null && { fallbackByTime: "1" }),
		fallbackAfter: String(isHours ? seconds / SECONDS.hours : seconds / SECONDS.minutes),
		fallbackUnit: isHours ? "hours" : "minutes",
		...Object.fromEntries(reasons.map((reason) => [REASON_FIELD[reason], "1"])),
	};
}
