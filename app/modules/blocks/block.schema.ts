import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { momentOf } from "#app/modules/campaigns/local-time.ts";

export const REASON_MAX = 500;
/** Longer than that is "until somebody lifts it". */
export const DAYS_MAX = 1_826;
const HOUR_MS = 3_600_000;

/** The ends that are one click away; milliseconds. */
export const PRESETS = { hour: HOUR_MS, day: 24 * HOUR_MS, week: 7 * 24 * HOUR_MS, month: 30 * 24 * HOUR_MS } as const;
export const ENDS = ["open", "hour", "day", "week", "month", "at"] as const;

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/**
 * The form of a block as it comes from a browser. Gives a BlockInput: the reason, and its end as unix ms or null. Date and time are the
 * wall clock of `timeZone`: one that the clock shows twice is its first, one that it never shows an error.
 */
export function blockForm({ timeZone, now }: { timeZone: string; now: number }) {
	return z
		.object({
			reason: z
				.string(issue("blocks:error.reason_missing"))
				.transform((reason) => reason.replace(/\r\n?/g, "\n").trim().toWellFormed())
				.pipe(
					z
						.string()
						.min(1, issue("blocks:error.reason_missing"))
						.max(REASON_MAX, issue("blocks:error.reason_too_long", { max: REASON_MAX })),
				)
				.refine((reason) => !CONTROL.test(reason), issue("blocks:error.reason_control")),
			ends: z.enum(ENDS, issue("blocks:error.ends_missing")),
			date: z.string().default(""),
			time: z.string().default(""),
		})
		.superRefine(
			(form, context) => {
				const end = endOf(form, timeZone, now);
				if ("error" in end) context.addIssue({ code: "custom", path: [end.field], message: issue(...end.error) });
			},
			// Beside other errors too: nobody corrects a form twice who could have done it at once.
			{ when: ({ value }) => typeof (value as { ends?: unknown } | null)?.ends === "string" },
		)
		.transform(({ reason, ...form }) => {
			const end = endOf(form, timeZone, now);
			return { reason, untilUtc: "untilUtc" in end ? end.untilUtc : null };
		});
}

export type BlockForm = { reason: string; ends: (typeof ENDS)[number]; date: string; time: string };

type End = { untilUtc: number | null } | { field: "date" | "time"; error: Parameters<typeof issue> };

function endOf({ ends, date = "", time = "" }: Omit<BlockForm, "reason">, timeZone: string, now: number): End {
	if (ends === "open") return { untilUtc: null };
	if (ends !== "at") return { untilUtc: now + PRESETS[ends] };
	if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return { field: "date", error: ["blocks:error.date_missing"] };
	if (!/^\d{2}:\d{2}(:\d{2})?$/.test(time)) return { field: "time", error: ["blocks:error.time_missing"] };
	const moment = momentOf(date, time, timeZone);
	if (moment.kind === "never") return { field: "time", error: ["blocks:error.time_never"] };
	if (moment.utc <= now) return { field: "date", error: ["blocks:error.past"] };
	const isTooFar = moment.utc > now + DAYS_MAX * 24 * HOUR_MS;
	if (isTooFar) return { field: "date", error: ["blocks:error.too_far", { days: DAYS_MAX }] };
	return { untilUtc: moment.utc };
}
