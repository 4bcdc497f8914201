import { z } from "zod";
import { issue } from "#app/lib/issue.ts";

export const REHEARSAL_TEXT_MAX = 4_096;
/** Of what is pasted. */
export const PASTED_MAX = 100_000;

const line = (max: number) =>
	z
		.string("providers:error.required")
		.trim()
		.min(1, "providers:error.required")
		.max(max, issue("providers:error.too_long", { max }));
const pasted = z
	.string()
	.max(PASTED_MAX, issue("providers:error.too_long", { max: PASTED_MAX }))
	.default("");

/** A message that is not sent, what the provider would answer, and what it would report. */
export const rehearsalSchema = z.object({
	to: line(40)
		.transform((typed) => typed.replace(/[\s().-]/g, ""))
		.refine((to) => /^\+\d{7,15}$/.test(to), "rehearse:error.to"),
	sender: line(50),
	text: line(REHEARSAL_TEXT_MAX),
	status: z.coerce
		.number("rehearse:error.status")
		.int("rehearse:error.status")
		.min(200, "rehearse:error.status")
		.max(599, "rehearse:error.status"),
	answer: pasted,
	report: pasted,
});

export type RehearsalInput = z.infer<typeof rehearsalSchema>;
