const NON_ASCII_DIGIT = /(?![0-9])\p{Nd}/gu;
const DIGIT = /\p{Nd}/u;

/** The text with every script's decimal digits ("٢", "२", "２") as 0–9. */
export function asciiDigits(text: string): string {
	return text.replace(NON_ASCII_DIGIT, (digit) => String(digitValue(digit.codePointAt(0)!)));
}

/** Unicode keeps each script's ten digits together, zero first. */
function digitValue(codePoint: number): number {
	let first = codePoint;
	while (DIGIT.test(String.fromCodePoint(first - 1))) first--;
	return (codePoint - first) % 10;
}
