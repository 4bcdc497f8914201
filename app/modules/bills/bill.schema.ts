import { z } from "zod";
import { asciiDigits } from "#app/lib/ascii-digits.ts";
import { issue } from "#app/lib/issue.ts";
import { tidyLine } from "#app/lib/tidy-line.ts";
import { dayOfDate } from "#app/modules/ledger/money-day.ts";

export const NAME_MAX = 200;
export const TAX_ID_MAX = 60;
export const TEXT_MAX = 500;

// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;

const line = (max: number) =>
	z
		.string()
		.default("")
		.transform(tidyLine)
		.refine((text) => text.length <= max, issue("bills:error.too_long", { max }));

const lines = z
	.string()
	.default("")
	.transform((text) => text.replace(/\r\n?/g, "\n").trim().toWellFormed())
	.refine((text) => text.length <= TEXT_MAX, issue("bills:error.too_long", { max: TEXT_MAX }))
	.refine((text) => !CONTROL.test(text), issue("bills:error.control"));

/** "19", "7,25", "٧٫٢٥" → hundredths of a percent. */
const percent = z
	.string()
	.default("")
	.transform((typed, context) => {
		const text = asciiDigits(typed.trim())
			.replace("٫", ".")
			.replace(",", ".")
			.replace(/\s*[%٪]$/, "");
		if (text === "") return 0;
		const parts = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text);
		const rate = parts ? Number(parts[1]) * 100 + Number((parts[2] ?? "").padEnd(2, "0")) : Number.NaN;
		if (rate <= 10_000) return rate;
		context.addIssue({ code: "custom", message: issue("bills:error.rate") });
		return z.NEVER;
	});

/** What an account says of itself as a buyer. */
export const partyForm = z.object({ legalName: line(NAME_MAX), address: lines, taxId: line(TAX_ID_MAX) });

/** And what a seller says besides. */
export const sellerForm = partyForm.extend({ payment: lines, taxRate: percent, note: lines });

const day = z
	.string(issue("bills:error.date"))
	.transform((typed) => dayOfDate(typed.trim()))
	.refine((of) => of !== undefined, issue("bills:error.date"))
	.transform((of) => of as number);

/** The form of a new bill: days of UTC, both included. */
export const periodForm = z
	.object({ from: day, to: day })
	.refine(({ from, to }) => from <= to, { path: ["to"], message: issue("bills:error.order") });
