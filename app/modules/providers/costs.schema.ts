import { z } from "zod";
import type { ContentKind } from "#app/channels/channel.ts";
import { readCountry } from "#app/lib/country.ts";
import { issue } from "#app/lib/issue.ts";
import { readMicros, writeMicros } from "#app/lib/micros.ts";
import { CONTENT_KINDS } from "#app/modules/routing/content-kinds.ts";

export interface CostLine {
	/** ISO 3166 code; "": any. */
	country: string;
	/** "": any. */
	kind: ContentKind | "";
	/** Of one message, in micro-units of the installation's currency. */
	costMicros: number;
}

const CHARS_MAX = 60_000;
/** Countries × kinds, and then some. */
export const LINES_MAX = 1_500;
/** Wrong lines that an error names. */
const NAMED_LINES = 10;
const ANY = "*";

/** "UA; image; 0.012", "Ukraine 0.0083", "* 0.01": what stands between may be semicolons, tabs or spaces, as price lists are pasted. */
function readLine(line: string): CostLine | undefined {
	const parts = (/[;\t]/.test(line) ? line.split(/[;\t]/) : line.trim().split(/\s+/)).map((part) => part.trim());
	if (parts.length < 2 || parts.length > 3) return undefined;
	const typedCountry = parts[0]!;
	const typedKind = parts.length === 3 ? parts[1]! : ANY;
	const country = typedCountry === ANY || typedCountry === "" ? "" : readCountry(typedCountry);
	const kind =
		typedKind === ANY || typedKind === "" ? "" : CONTENT_KINDS.find((one) => one === typedKind.toLowerCase());
	const costMicros = readMicros(parts.at(-1)!);
	if (country === undefined || kind === undefined || costMicros === undefined) return undefined;
	return { country, kind, costMicros };
}

export function writeLine({ country, kind, costMicros }: CostLine): string {
	return `${country || ANY}; ${kind || ANY}; ${writeMicros(costMicros)}`;
}

/** The form of a provider's costs: a line for each. Empty lines are passed over. */
export const costsSchema = z.object({
	costs: z
		.string()
		.max(CHARS_MAX, issue("costs:error.too_many", { max: LINES_MAX }))
		.default("")
		.transform((text, context) => {
			const say = (message: string) => {
				context.addIssue({ code: "custom", message });
				return [];
			};
			const wrong: number[] = [];
			const twice: number[] = [];
			const byKey = new Map<string, CostLine>();
			text.split(/\r\n|\r|\n/).forEach((line, i) => {
				if (line.trim() === "") return;
				const read = readLine(line);
				const key = read && `${read.country}/${read.kind}`;
				if (!read || !key) wrong.push(i + 1);
				else if (byKey.has(key)) twice.push(i + 1);
				else byKey.set(key, read);
			});
			const named = (lines: number[]) => lines.slice(0, NAMED_LINES).join(", ");
			if (wrong.length > 0) return say(issue("costs:error.lines", { lines: named(wrong) }));
			if (twice.length > 0) return say(issue("costs:error.twice", { lines: named(twice) }));
			if (byKey.size > LINES_MAX) return say(issue("costs:error.too_many", { max: LINES_MAX }));
			return [...byKey.values()];
		}),
});
