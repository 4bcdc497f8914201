import fc from "#app/testing/fc.ts";

/** Texts with what they go as: encoding, parts, and what still fits in. */
export const SMS_CASES = [
	["", "gsm7", 1, 160],
	["Hello", "gsm7", 1, 155],
	["a".repeat(160), "gsm7", 1, 0],
	["a".repeat(161), "gsm7", 2, 145],
	["a".repeat(306), "gsm7", 2, 0],
	["a".repeat(307), "gsm7", 3, 152],
	[`${"a".repeat(158)}€`, "gsm7", 1, 0],
	[`${"a".repeat(159)}€`, "gsm7", 2, 145],
	["я".repeat(70), "ucs2", 1, 0],
	["я".repeat(71), "ucs2", 2, 63],
	["я".repeat(134), "ucs2", 2, 0],
	["naïve", "ucs2", 1, 65],
	["“Sale”", "ucs2", 1, 64],
	["😀", "ucs2", 1, 68],
	["two\nlines", "gsm7", 1, 151],
] as const satisfies (readonly [text: string, encoding: string, parts: number, left: number])[];

/** Where a cut would fall into an escaped character or an emoji; with the parts. */
export const UNCUT_CASES = [
	[`${"a".repeat(152)}€${"a".repeat(151)}`, 2],
	[`${"a".repeat(152)}€${"a".repeat(152)}`, 3],
	[`${"я".repeat(66)}😀${"я".repeat(65)}`, 2],
	[`${"я".repeat(66)}😀${"я".repeat(66)}`, 3],
] as const;

const letters = fc.constantFrom(..."ab 1", "€", "[", "я", "😀", "ї", "\n");
/** Up to five parts of letters of every width. */
export const smsTexts = fc.array(letters, { maxLength: 700 }).map((list) => list.join(""));
