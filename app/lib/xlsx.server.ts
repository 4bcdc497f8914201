import writeXlsxFile from "write-excel-file/node";

/** Of a spreadsheet: texts stand as texts, whatever they begin with, and numbers can be added up. */
export type XlsxCell = string | number | null;

export const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** Characters of a sheet's name that Excel refuses, and how long it may be. */
const NOT_IN_NAMES = /[[\]:*?/\\']/g;
const NAME_MAX = 31;

/** A spreadsheet of one sheet, its first line in bold. Made in memory: some thousand lines at most. */
export async function makeXlsx(name: string, [titles = [], ...lines]: XlsxCell[][]): Promise<Uint8Array<ArrayBuffer>> {
	const cell = (value: XlsxCell) =>
		value === null ? null : typeof value === "number" ? { value, type: Number } : { value, type: String };
	const sheet = name.replaceAll(NOT_IN_NAMES, " ").slice(0, NAME_MAX);
	const bold = titles.map((title) => ({ value: String(title ?? ""), type: String, fontWeight: "bold" as const }));
	const made = await writeXlsxFile([bold, ...lines.map((line) => line.map(cell))], { sheet }).toBuffer();
	return new Uint8Array(made);
}
