import { UnreadableAudienceError } from "./audience.errors.ts";

/** A spreadsheet's own limit for a cell: a quoted one that goes on for longer was never closed. */
const QUOTED_MAX = 32_767;
/** Of an unquoted cell no more than this is kept: enough to be shown, too much to be a number. */
const KEPT_MAX = 200;

const LF = 10;
const CR = 13;
const QUOTE = 34;
const SEMICOLON = 59;

export type Delimiter = "," | ";" | "\t";
export const DELIMITERS: Delimiter[] = ["\t", ";", ","];

/** Called for each cell: its text without quotes, the line that it began on (from 1), its place in its row (from 0). */
export type OnCell = (text: string, line: number, column: number) => void;

/**
 * Cuts text into rows and cells as it comes, in any pieces. Separated values by RFC 4180 (quotes doubled inside quotes,
 * line breaks in quotes, any of the three line ends), lenient about a quote in the middle of a cell. Memory stays the same for a
 * file that is one line of 32 MB, which is why this is not csv-parse: that holds a whole row.
 */
export class CellReader {
	readonly #separators: boolean[] = [];
	readonly #onCell: OnCell;
	readonly #onRowEnd: ((line: number, columns: number) => void) | undefined;
	#line = 1;
	#column = 0;
	#cell = "";
	#cellLine = 1;
	#state: "start" | "bare" | "quoted" | "quote_in_quoted" = "start";
	#sawCr = false;

	constructor(separators: Delimiter[], onCell: OnCell, onRowEnd?: (line: number, columns: number) => void) {
		for (const one of separators) this.#separators[one.charCodeAt(0)] = true;
		this.#onCell = onCell;
		this.#onRowEnd = onRowEnd;
	}

	/** @throws UnreadableAudienceError ("unclosed_quote"). */
	write(text: string): void {
		const separators = this.#separators;
		let at = 0;
		while (at < text.length) {
			if (this.#state === "quoted") {
				at = this.#writeQuoted(text, at);
				continue;
			}
			// Runs of ordinary characters are taken at one cut.
			let end = at;
			let code = 0;
			while (end < text.length) {
				code = text.charCodeAt(end);
				if (code <= SEMICOLON && (separators[code] || code === LF || code === CR || code === QUOTE)) break;
				end++;
			}
			if (end > at) this.#take(text, at, end);
			if (end === text.length) return;
			this.#special(code);
			at = end + 1;
		}
	}

	/** @throws UnreadableAudienceError ("unclosed_quote"). */
	end(): void {
		if (this.#state === "quoted") throw new UnreadableAudienceError("unclosed_quote");
		if (this.#state !== "start" || this.#column > 0) this.#endRow();
	}

	#take(text: string, from: number, to: number): void {
		this.#sawCr = false;
		if (this.#state === "start") {
			// Spaces before a quote do not make the cell a bare one.
			if (text.charCodeAt(to) === QUOTE && text.slice(from, to).trim() === "") return;
			this.#cellLine = this.#line;
		}
		this.#state = "bare";
		if (this.#cell.length < KEPT_MAX) this.#cell += text.slice(from, Math.min(to, from + KEPT_MAX));
	}

	#writeQuoted(text: string, at: number): number {
		const quote = text.indexOf('"', at);
		const end = quote === -1 ? text.length : quote;
		for (let from = text.indexOf("\n", at); from !== -1 && from < end; from = text.indexOf("\n", from + 1))
			this.#line++;
		this.#cell += text.slice(at, end);
		if (this.#cell.length > QUOTED_MAX) throw new UnreadableAudienceError("unclosed_quote");
		if (quote !== -1) this.#state = "quote_in_quoted";
		return end + 1;
	}

	#special(code: number): void {
		const afterCr = this.#sawCr;
		this.#sawCr = code === CR;
		if (code === LF && afterCr) return;
		if (code === LF || code === CR) {
			this.#endRow();
			this.#line++;
		} else if (code === QUOTE) {
			this.#onQuote();
		} else {
			this.#endCell();
		}
	}

	#onQuote(): void {
		if (this.#state === "start") {
			this.#state = "quoted";
			this.#cellLine = this.#line;
		} else if (this.#state === "quote_in_quoted") {
			this.#cell += '"';
			this.#state = "quoted";
		} else {
			this.#cell += '"';
		}
	}

	#endCell(): void {
		this.#onCell(this.#cell, this.#state === "start" ? this.#line : this.#cellLine, this.#column);
		this.#column++;
		this.#cell = "";
		this.#state = "start";
	}

	#endRow(): void {
		this.#endCell();
		this.#onRowEnd?.(this.#line, this.#column);
		this.#column = 0;
	}
}
