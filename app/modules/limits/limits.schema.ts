import { z } from "zod";
import { asciiDigits } from "#app/lib/ascii-digits.ts";
import { issue } from "#app/lib/issue.ts";
import { amountForm } from "#app/modules/money/money.schema.ts";

export const FACTOR_MAX = 1_000;
export const VOLUME_MAX = 100_000_000;

/** An amount, or nothing: no limit. */
const micros = z
	.string()
	.trim()
	.default("")
	.transform((typed, context): number | null => {
		if (typed === "") return null;
		const read = amountForm.shape.amount.safeParse(typed);
		if (read.success) return read.data;
		context.addIssue({ code: "custom", message: read.error.issues[0]!.message });
		return z.NEVER;
	});

/** A whole number from 1 on, or nothing. */
const count = (max: number) =>
	z
		.string()
		.default("")
		.transform((typed, context): number | null => {
			const digits = asciiDigits(typed.replace(/[\s,.'\u00a0\u202f]/g, ""));
			if (digits === "") return null;
			if (/^\d{1,12}$/.test(digits) && Number(digits) >= 1 && Number(digits) <= max) return Number(digits);
			context.addIssue({ code: "custom", message: issue("bounds:error.count", { max }) });
			return z.NEVER;
		});

const needed = (max: number) =>
	count(max).transform((read, context): number => {
		if (read !== null) return read;
		context.addIssue({ code: "custom", message: issue("bounds:error.count", { max }) });
		return z.NEVER;
	});

/** What an account sets for itself. */
export const ownLimitsForm = z.object({ low: micros, cap: micros });
export type OwnLimits = z.output<typeof ownLimitsForm>;

const brake = z.enum(["on", "off"], issue("bounds:error.brake"));

/** What those above set for an account; empty: as the platform has it. */
export const accountLimitsForm = z.object({
	version: z.coerce.number<string>().int().min(0),
	cap: micros,
	brake,
	factor: count(FACTOR_MAX),
	floor: count(VOLUME_MAX),
	firstDays: count(VOLUME_MAX),
});
export type LimitsWish = z.output<typeof accountLimitsForm>;

/** The platform's brake. */
export const brakeForm = z.object({
	brake,
	factor: needed(FACTOR_MAX),
	floor: needed(VOLUME_MAX),
	firstDays: needed(VOLUME_MAX),
});
export type BrakeWish = z.output<typeof brakeForm>;
