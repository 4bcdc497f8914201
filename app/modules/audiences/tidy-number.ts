import { asciiDigits } from "#app/lib/ascii-digits.ts";

const FULL_WIDTH_PLUS = /＋/g;
/** Marks of direction, joiners and the byte order mark: invisible, and common in numbers copied from chats. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

/** The number with ASCII digits, without invisible marks and without what spreadsheets put around text (`'7916…`, `="7916…"`). */
export function tidyNumber(typed: string): string {
	// Nearly every number of a file is plain: one test instead of four replacements.
	if (/^\+?[0-9]+$/.test(typed)) return typed;
	return asciiDigits(typed)
		.replace(INVISIBLE, "")
		.replace(FULL_WIDTH_PLUS, "+")
		.trim()
		.replace(/^=?"(.*)"$/, "$1")
		.replace(/^'/, "")
		.trim();
}
