import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import type { FallbackInput } from "#app/modules/fallback/save-fallback.server.ts";
import type { Sender } from "./allowed-senders.server.ts";
import { momentOf } from "./local-time.ts";
import type { OfferedChannel } from "./offered-channels.server.ts";

export const NAME_MAX = 100;
export const DAYS_AHEAD_MAX = 180;
/** How far in the past a moment may lie that was still ahead when the form was filled in. */
const SLACK_MS = 60_000;
const DEFAULT_NAME_CHARS = 40;

export interface CampaignInput {
	name: string;
	sender: Sender;
	text: string;
	collectionId: number;
	/** Unix ms; null: as soon as it is started. */
	startAtUtc: number | null;
	/** What goes to those whom it does not reach. */
	fallback?: FallbackInput | null;
}

interface FormFrame {
	timeZone: string;
	/** Unix ms. */
	now: number;
	channels: OfferedChannel[];
}

/** The text as it is stored and sent: line ends of one character (forms send two), no half of a surrogate pair. */
export function tidyText(text: string): string {
	return text.replace(/\r\n?/g, "\n").toWellFormed();
}

function defaultName(text: string): string {
	const line = text.trim().replace(/\s+/g, " ");
	if (line.length <= DEFAULT_NAME_CHARS) return line;
	const cut = line.slice(0, DEFAULT_NAME_CHARS).toWellFormed();
	return `${cut.includes(" ") ? cut.slice(0, cut.lastIndexOf(" ")) : cut}…`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
export const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/**
 * A campaign's form as it comes from a browser: strings. What it gives is a CampaignInput without its audience.
 * Date and time are the wall clock of `timeZone`: one that the clock shows twice is its first, one that it never shows an error.
 * Texts are counted in UTF-16 units with line ends as one, as browsers and providers count (docs/decisions/032).
 */
export function campaignForm({ timeZone, now, channels }: FormFrame) {
	return z
		.object({
			name: z
				.string()
				.trim()
				.max(NAME_MAX, issue("campaigns:error.name_too_long", { max: NAME_MAX }))
				.default(""),
			sender: z.string(issue("campaigns:error.sender_missing")).transform(readSender),
			text: z
				.string(issue("campaigns:error.text_missing"))
				.transform(tidyText)
				.refine((text) => text.trim() !== "", issue("campaigns:error.text_missing"))
				.refine((text) => !CONTROL.test(text), issue("campaigns:error.text_control")),
			when: z.enum(["now", "later"], issue("campaigns:error.when_missing")),
			date: z.string().default(""),
			time: z.string().default(""),
		})
		.superRefine(
			(form, context) => {
				const start = form.when === "later" ? startOf(form, timeZone, now) : null;
				if (start && "error" in start) context.addIssue({ code: "custom", path: [start.field], message: start.error });
			},
			// Beside other errors too: nobody corrects a form twice who could have done it at once.
			{ when: ({ value }) => areStrings(value, "when", "date", "time") },
		)
		.superRefine(
			(form, context) => {
				const channel = channelOf(form.sender);
				const offer = channels.find((one) => one.channel === channel);
				if (channel && !offer)
					context.addIssue({ code: "custom", path: ["sender"], message: issue("campaigns:error.channel_closed") });
				const max = offer?.textMax ?? Math.max(0, ...channels.map(({ textMax }) => textMax));
				if (form.text.length <= max || max === 0) return;
				const message = issue("campaigns:error.text_too_long", { max, count: form.text.length - max });
				context.addIssue({ code: "custom", path: ["text"], message });
			},
			{ when: ({ value }) => areStrings(value, "text") },
		)
		.transform(({ name, sender, text, ...form }) => {
			const start = form.when === "later" ? startOf(form, timeZone, now) : null;
			const startAtUtc = start && "utc" in start ? start.utc : null;
			return { name: name || defaultName(text), sender, text, startAtUtc };
		});
}

/** Of a sender that was read; undefined for one that is wrong itself. */
function channelOf(sender: unknown): Sender["channel"] | undefined {
	return typeof sender === "object" && sender ? (sender as Sender).channel : undefined;
}

function areStrings(value: unknown, ...fields: string[]): boolean {
	return fields.every((field) => typeof (value as Record<string, unknown> | null)?.[field] === "string");
}

function readSender(value: string, context: z.RefinementCtx): Sender {
	const match = /^(viber|whatsapp|sms):(.+)$/.exec(value);
	if (match) return { channel: match[1] as Sender["channel"], name: match[2]! };
	context.addIssue({ code: "custom", message: issue("campaigns:error.sender_missing") });
	return z.NEVER;
}

function startOf(
	{ date, time }: { date: string; time: string },
	timeZone: string,
	now: number,
): { utc: number } | { field: "date" | "time"; error: string } {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return { field: "date", error: issue("campaigns:error.date_missing") };
	if (!/^\d{2}:\d{2}(:\d{2})?$/.test(time)) return { field: "time", error: issue("campaigns:error.time_missing") };
	const moment = momentOf(date, time, timeZone);
	if (moment.kind === "never") return { field: "time", error: issue("campaigns:error.time_never") };
	if (moment.utc < now - SLACK_MS) return { field: "date", error: issue("campaigns:error.past") };
	const isTooFar = moment.utc > now + DAYS_AHEAD_MAX * 86_400_000;
	if (isTooFar) return { field: "date", error: issue("campaigns:error.too_far", { days: DAYS_AHEAD_MAX }) };
	return { utc: moment.utc };
}
