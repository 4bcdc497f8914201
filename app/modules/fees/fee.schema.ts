import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { CHANNELS } from "#app/modules/accounts/sender.schema.ts";
import { amountForm } from "#app/modules/money/money.schema.ts";
import { PRICE_MAX_MICROS } from "#app/modules/pricing/price.schema.ts";
import type { FeeSubject } from "./fee.ts";
import { monthPlus } from "./month.ts";

/** How far ahead a fee can be set to begin or to end, in months. */
export const MONTHS_AHEAD = 24;

/** "" or "viber:DemoShop". */
const subject = z
	.string()
	.default("")
	.transform((typed, context): FeeSubject => {
		if (typed === "") return { channel: "", sender: "" };
		const channel = CHANNELS.find((one) => typed.startsWith(`${one}:`));
		if (channel) return { channel, sender: typed.slice(channel.length + 1) };
		context.addIssue({ code: "custom", message: issue("fees:error.subject") });
		return z.NEVER;
	});

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

/** @param now the month that it is for the payer: the first that a fee can begin with. */
export const feeForm = (now: string) =>
	z
		.object({
			formKey: amountForm.shape.formKey,
			subject,
			amount: amountForm.shape.amount.refine(
				(micros) => micros <= PRICE_MAX_MICROS,
				issue("prices:error.too_much", { max: PRICE_MAX_MICROS / 1e6 }),
			),
			from: z
				.string(issue("fees:error.from"))
				.refine(
					(month) => MONTH.test(month) && month >= now && month <= monthPlus(now, MONTHS_AHEAD),
					issue("fees:error.from"),
				),
			last: z
				.string()
				.default("")
				.refine((month) => month === "" || MONTH.test(month), issue("fees:error.last"))
				.refine((month) => month <= monthPlus(now, MONTHS_AHEAD), issue("fees:error.last")),
			note: amountForm.shape.note,
		})
		.refine(({ from, last }) => last === "" || last >= from, {
			path: ["last"],
			message: issue("fees:error.last_before"),
		});

export type FeeWish = z.output<ReturnType<typeof feeForm>>;

/** The form that says which month is a fee's last; "": none yet. */
export const feeEndForm = (now: string) =>
	z.object({
		fee: z.coerce.number<string>().int().positive(),
		last: z
			.string()
			.default("")
			.refine(
				(month) => month === "" || (MONTH.test(month) && month <= monthPlus(now, MONTHS_AHEAD)),
				issue("fees:error.last"),
			),
	});
