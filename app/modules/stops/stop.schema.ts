import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { tidyLine } from "#app/lib/tidy-line.ts";
import { readReach } from "./stop-reach.ts";

/** Numbers that are added by hand at once. */
export const STOPS_AT_ONCE = 1_000;
export const STOPS_MAX_CHARS = 60_000;
export const STOP_NOTE_MAX = 200;

/** People who are put on a stop list by hand. */
export const stopSchema = z.object({
	numbers: z
		.string("stops:error.numbers_missing")
		.refine((text) => text.trim() !== "", "stops:error.numbers_missing")
		.refine((text) => text.length <= STOPS_MAX_CHARS, issue("stops:error.numbers_long", { max: STOPS_MAX_CHARS })),
	reach: z
		.string("stops:error.reach")
		.default("")
		.transform((text, context) => {
			const reach = readReach(text);
			if (reach) return reach;
			context.addIssue("stops:error.reach");
			return z.NEVER;
		}),
	note: z
		.string()
		.default("")
		.transform(tidyLine)
		.refine((note) => note.length <= STOP_NOTE_MAX, issue("stops:error.note_long", { max: STOP_NOTE_MAX })),
});

export type StopInput = z.output<typeof stopSchema>;
