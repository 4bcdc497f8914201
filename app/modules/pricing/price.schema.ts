import { z } from "zod";
import { issue } from "#app/lib/issue.ts";
import { readMicros } from "#app/lib/micros.ts";
import { momentOf } from "#app/modules/campaigns/local-time.ts";
import { CHANNELS, CONTENT_KINDS } from "#app/modules/routing/content-kinds.ts";
import { countryField } from "#app/modules/routing/country-field.ts";

/** Of one message, in micro-units: a million of the currency. More is a slip. */
export const PRICE_MAX_MICROS = 1_000_000_000_000;
const DAYS_AHEAD_MAX = 3 * 366;
const PERCENT_MAX = 1_000;

/** "20", "12,5" → hundredths of a percent. */
function readPercent(typed: string): number | undefined {
	const micros = readMicros(typed.trim().replace(/\s*[%٪]$/, ""));
	const hundredths = micros === undefined ? Number.NaN : micros / 10_000;
	return Number.isInteger(hundredths) && hundredths <= PERCENT_MAX * 100 ? hundredths : undefined;
}

const priceField = z
	.string()
	.default("")
	.transform((typed, context) => {
		const micros = readMicros(typed);
		if (micros === undefined) context.addIssue({ code: "custom", message: issue("prices:error.amount") });
		else if (micros > PRICE_MAX_MICROS)
			context.addIssue({ code: "custom", message: issue("prices:error.too_much", { max: PRICE_MAX_MICROS / 1e6 }) });
		return micros ?? 0;
	});

const percentField = z
	.string()
	.default("")
	.transform((typed, context) => {
		const hundredths = readPercent(typed);
		if (hundredths === undefined)
			context.addIssue({ code: "custom", message: issue("prices:error.percent", { max: PERCENT_MAX }) });
		return hundredths ?? 0;
	});

const whenFields = {
	when: z.enum(["now", "date"], issue("prices:error.when")).default("now"),
	/** "2026-12-01", the beginning of that day in the account's zone. */
	date: z.string().default(""),
};

/** Unix ms of the chosen day's beginning; null: at once. */
function fromOf({ when, date }: { when: "now" | "date"; date: string }, zone: Zone, context: z.RefinementCtx) {
	if (when === "now") return null;
	const say = (message: string) => {
		context.addIssue({ code: "custom", path: ["date"], message });
		return z.NEVER;
	};
	if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return say(issue("prices:error.date"));
	// Where the clock jumps over midnight, the day begins an hour later.
	const begin = ["00:00", "01:00"]
		.map((time) => momentOf(date, time, zone.timeZone))
		.find(({ kind }) => kind !== "never");
	if (!begin || begin.kind === "never") return say(issue("prices:error.date"));
	if (begin.utc <= zone.now) return say(issue("prices:error.past"));
	if (begin.utc > zone.now + DAYS_AHEAD_MAX * 86_400_000) return say(issue("prices:error.too_far"));
	return begin.utc;
}

interface Zone {
	timeZone: string;
	now: number;
}

const lineFields = {
	channel: z.enum(CHANNELS, issue("prices:error.channel")),
	country: countryField,
	kind: z.enum(["", ...CONTENT_KINDS], issue("prices:error.kind")).default(""),
};

/** The form of one line. */
export const priceSchema = (zone: Zone) =>
	z
		.object({ ...lineFields, price: priceField, ...whenFields })
		.transform(({ price, when, date, ...line }, context) => ({
			lines: [{ ...line, unitMicros: price as number | null }],
			fromUtc: fromOf({ when, date }, zone, context),
		}));

/** The form of one line whose button takes it back: at once. */
export const takeBackSchema = z
	.object(lineFields)
	.transform((line) => ({ lines: [{ ...line, unitMicros: null as number | null }], fromUtc: null }));

const manyFields = { channel: z.enum(["", ...CHANNELS], issue("prices:error.channel")).default(""), ...whenFields };

/** Many lines at once: all of another list, or own costs and so many hundredths of a percent more. */
export const manySchema = (zone: Zone) =>
	z
		.discriminatedUnion("how", [
			z.object({ how: z.literal("copy"), from: z.string().trim().max(100).default(""), ...manyFields }),
			z.object({ how: z.literal("rise"), percent: percentField, ...manyFields }),
		])
		.transform(({ when, date, ...rest }, context) => ({ ...rest, fromUtc: fromOf({ when, date }, zone, context) }));

export type ManyWish = z.output<ReturnType<typeof manySchema>>;
