import { UnreadableAudienceError } from "./audience.errors.ts";
import { CellReader, DELIMITERS, type Delimiter } from "./cell-reader.ts";
import { isPhoneHeader } from "./phone-headers.ts";
import { readNumber } from "./read-number.ts";

/** Where the numbers of a source stand. */
export interface Layout {
	/** In a table one; in a list of numbers all of them separate. */
	separators: Delimiter[];
	/** From 0; null: every cell is a number. */
	column: number | null;
	hasHeader: boolean;
}

/** So many rows are looked at, and so many must there be before a column is taken for names and left out. */
const ROWS_LOOKED_AT = 50;
const COLUMNS_LOOKED_AT = 40;
const TABLE_ROWS_MIN = 3;
/** A column with this share of valid numbers holds the numbers. */
const NUMBERS_SHARE = 0.5;
/** Rows of a table are alike: at least this share has as many cells as most have. */
const ALIKE_SHARE = 0.8;

function firstRows(head: string, isWhole: boolean, delimiter: Delimiter): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	const reader = new CellReader(
		[delimiter],
		(cell) => row.push(cell),
		() => {
			if (rows.length < ROWS_LOOKED_AT && row.some((cell) => cell.trim() !== "")) rows.push(row);
			row = [];
		},
	);
	try {
		reader.write(head);
		if (isWhole) reader.end();
	} catch (error) {
		// The reading itself will meet it again, and then it counts.
		if (!(error instanceof UnreadableAudienceError)) throw error;
	}
	return rows;
}

function shareOfNumbers(rows: string[][], column: number, country: string): number {
	const numbers = rows.filter((row) => "phone" in readNumber(row[column] ?? "", country));
	return rows.length === 0 ? 0 : numbers.length / rows.length;
}

function bestColumn(rows: string[][], columns: number[], country: string): { column: number; share: number } {
	let best = { column: columns[0] ?? 0, share: -1 };
	for (const column of columns) {
		const share = shareOfNumbers(rows, column, country);
		if (share > best.share) best = { column, share };
	}
	return best;
}

function columnsOf(rows: string[][]): number[] {
	const width = Math.min(COLUMNS_LOOKED_AT, Math.max(0, ...rows.map((row) => row.length)));
	return Array.from({ length: width }, (_, column) => column).filter((column) =>
		rows.some((row) => (row[column] ?? "").trim() !== ""),
	);
}

function isTable(rows: string[][]): boolean {
	if (rows.length < TABLE_ROWS_MIN) return false;
	const widths = new Map<number, number>();
	for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1);
	const [width, alike] = [...widths].reduce((most, one) => (one[1] > most[1] ? one : most));
	return width >= 2 && alike >= rows.length * ALIKE_SHARE;
}

/**
 * Finds out from the beginning of a source (`isWhole`: all of it) whether it is a table, and which of its columns holds the
 * phone numbers: the one with such a heading, else the one where most cells are numbers. Otherwise it is a list in which commas,
 * semicolons, tabs and line ends all separate numbers.
 */
export function detectLayout(head: string, isWhole: boolean, country: string): Layout {
	const tables = DELIMITERS.map((delimiter) => ({ delimiter, rows: firstRows(head, isWhole, delimiter) }));

	for (const { delimiter, rows } of tables) {
		const [header, ...body] = rows;
		if (!header || header.length < 2) continue;
		const named = columnsOf(rows).filter((column) => isPhoneHeader(header[column] ?? ""));
		if (named.length === 0) continue;
		return { separators: [delimiter], column: bestColumn(body, named, country).column, hasHeader: true };
	}

	let best: { layout: Layout; share: number } | undefined;
	for (const { delimiter, rows } of tables) {
		if (!isTable(rows)) continue;
		const columns = columnsOf(rows);
		const body = rows.slice(1);
		const { column, share } = bestColumn(body, columns, country);
		if (share < NUMBERS_SHARE || share <= (best?.share ?? 0)) continue;
		// Numbers in every column: several a line, not a table.
		if (columns.every((one) => shareOfNumbers(body, one, country) >= NUMBERS_SHARE)) continue;
		const hasHeader = !/\p{Nd}/u.test(rows[0]?.[column] ?? "");
		best = { layout: { separators: [delimiter], column, hasHeader }, share };
	}
	if (best) return best.layout;

	const first = tables[0]?.rows[0];
	const hasHeader = first?.length === 1 && !/[,;]/.test(first[0] ?? "") && isPhoneHeader(first[0] ?? "");
	return { separators: DELIMITERS, column: null, hasHeader };
}
