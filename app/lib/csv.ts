/** What a file begins with so that spreadsheets read it as UTF-8. */
export const CSV_BOM = "\uFEFF";

/**
 * A line of a CSV file (RFC 4180). A text that a spreadsheet would run as a formula (it begins with =, +, -, @, a tab or a line
 * break, in whichever width) gets an apostrophe before it; numbers stay numbers.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
	return `${cells.map(cell).join(",")}\r\n`;
}

function cell(value: string | number | null): string {
	if (value === null) return "";
	if (typeof value === "number") return String(value);
	// Marks of direction are for pages; before a sign they would hide it from the test.
	const text = value.replaceAll(/[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, "");
	const safe = /^\s*[=+\-@＝＋－＠\t\r\n|]/u.test(text) ? `'${text}` : text;
	return /[",;\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
