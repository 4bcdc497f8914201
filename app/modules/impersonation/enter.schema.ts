import { z } from "zod";
import { issue } from "#app/lib/issue.ts";

export const REASON_MAX = 500;
export const MINUTES_MIN = 5;
export const MINUTES_MAX = 60;
const MINUTES_STANDARD = 30;

const minutesIssue = issue("enter:error.minutes", { min: MINUTES_MIN, max: MINUTES_MAX });

/** What is asked of whoever enters a cabinet. */
export const enterSchema = z.object({
	reason: z
		.string({ error: "enter:error.reason" })
		.trim()
		.min(1, "enter:error.reason")
		.max(REASON_MAX, issue("enter:error.reason_max", { max: REASON_MAX })),
	minutes: z.coerce
		.number({ error: minutesIssue })
		.int(minutesIssue)
		.min(MINUTES_MIN, minutesIssue)
		.max(MINUTES_MAX, minutesIssue),
	mode: z.enum(["work", "look"], { error: "enter:error.mode" }),
});

export type EnterForm = z.infer<typeof enterSchema>;

export const ENTER_STANDARD = { minutes: String(MINUTES_STANDARD), mode: "work" };
