/** Digits that people type in Arabic, Persian, Hindi and full width, by the code of their zero. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0xff10];
const OTHER_DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]/g;

/** "१२۳٤" → "1234"; whatever is no digit stays as it is. */
export function asciiDigits(text: string): string {
	return text.replace(OTHER_DIGITS, toAsciiDigit);
}

function toAsciiDigit(digit: string): string {
	const code = digit.charCodeAt(0);
	const zero = ZEROS.find((candidate) => code >= candidate && code < candidate + 10) as number;
	return String(code - zero);
}
