import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { readMicros } from "#app/lib/micros.ts";

const whole = (max: number) =>
	z.coerce
		.number(issue("limits:error.whole", { max }))
		.int(issue("limits:error.whole", { max }))
		.min(1, issue("limits:error.whole", { max }))
		.max(max, issue("limits:error.whole", { max }))
		.optional()
		.transform((value) => value ?? null);

/** More than any provider gives anybody; what is meant to be unlimited is left empty. */
export const PER_SECOND_MAX = 100_000;
export const PER_DAY_MAX = 1_000_000_000;
export const SILENCE_MINUTES_MAX = 7 * 1_440;

/** The form of a provider's limits and alarms. Empty: none. */
export const limitsSchema = z.object({
	/** Messages a second, all processes together. */
	perSecond: whole(PER_SECOND_MAX),
	perSenderPerSecond: whole(PER_SECOND_MAX),
	/** Messages in a day of UTC. */
	perDay: whole(PER_DAY_MAX),
	/** Failures among a hundred outcomes. */
	alarmErrorPercent: whole(100),
	alarmSilenceMinutes: whole(SILENCE_MINUTES_MAX),
	/** In the provider's own currency. */
	alarmBalance: z
		.string()
		.trim()
		.default("")
		.transform((typed, context) => {
			if (typed === "") return null;
			const micros = readMicros(typed);
			if (micros === undefined) context.addIssue({ code: "custom", message: "limits:error.amount" });
			return micros ?? null;
		}),
});

export type LimitsInput = z.output<typeof limitsSchema>;
