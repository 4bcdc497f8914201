import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { readMicros } from "#app/lib/micros.ts";

export const NOTE_MAX = 500;
export const FORM_KEY_MAX = 64;
/** No ID, login or name is longer. */
export const WHOM_MAX = 100;

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

const MINUS = /^[-\u2212\u200e\u200f]*[-\u2212]/;
/** A figure with more after its point than there is room for. */
const TOO_FINE = /^\d+[.,\u066b]\d{7,}$/;

/** An amount as people type it, in micro-units. What is wrong with it is said as exactly as can be. */
const micros = (missing: string) =>
	z
		.string(issue(missing))
		.trim()
		.min(1, issue(missing))
		.transform((typed, context) => {
			const read = readMicros(typed);
			if (read !== undefined) return read;
			const why = MINUS.test(typed) ? "negative" : TOO_FINE.test(typed) ? "too_fine" : "not_a_number";
			context.addIssue({ code: "custom", message: issue(`money:error.${why}`) });
			return z.NEVER;
		});

const note = z
	.string()
	.default("")
	.transform((text) => text.replace(/\r\n?/g, "\n").trim().toWellFormed())
	.refine((text) => text.length <= NOTE_MAX, issue("money:error.note_too_long", { max: NOTE_MAX }))
	.refine((text) => !CONTROL.test(text), issue("money:error.note_control"));

/** Of a form's page; a form sent twice has it twice. */
const formKey = z.string(issue("money:error.form_key")).min(1).max(FORM_KEY_MAX);

/** The form that moves an amount. */
export const amountForm = z.object({
	formKey,
	amount: micros("money:error.amount_missing").refine((amount) => amount > 0, issue("money:error.zero")),
	note,
});

/** What the page that tops up any account asks for; its key comes with what is to be confirmed. */
export const topUpWish = z.object({
	whom: z
		.string(issue("money:error.whom_missing"))
		.trim()
		.min(1, issue("money:error.whom_missing"))
		.max(WHOM_MAX, issue("money:error.whom_unknown")),
	amount: amountForm.shape.amount,
	note,
});

/** The form that moves all there is. */
export const zeroForm = z.object({ formKey, note });

/** The form of a credit limit; zero takes it away. */
export const creditForm = z.object({ amount: micros("money:error.limit_missing"), note });

export interface Move {
	/** Of the form that asks for it: the same one again moves nothing. */
	formKey: string;
	/** Above zero. */
	amountMicros: number;
	note: string;
}
