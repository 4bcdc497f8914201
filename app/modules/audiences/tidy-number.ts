const FULL_WIDTH_PLUS = /＋/g;
/** Marks of direction, joiners and the byte order mark: invisible, and common in numbers copied from chats. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;
/** Digits that people type in Arabic, Persian, Hindi and full width, by the code of their zero. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0xff10];
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g;

function toAsciiDigit(digit: string): string {
	const code = digit.charCodeAt(0);
	const zero = ZEROS.find((candidate) => code >= candidate && code < candidate + 10) as number;
	return String(code - zero);
}

/** The number with ASCII digits, without invisible marks and without what spreadsheets put around text (`'7916…`, `="7916…"`). */
export function tidyNumber(typed: string): string {
	// Nearly every number of a file is plain: one test instead of four replacements.
	if (/^\+?[0-9]+$/.test(typed)) return typed;
	return typed
		.replace(INVISIBLE, "")
		.replace(OTHER_DIGITS, toAsciiDigit)
		.replace(FULL_WIDTH_PLUS, "+")
		.trim()
		.replace(/^=?"(.*)"$/, "$1")
		.replace(/^'/, "")
		.trim();
}
