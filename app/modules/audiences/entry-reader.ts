import type { Entry } from "./audience.ts";
import { CellReader } from "./cell-reader.ts";
import { detectLayout, type Layout } from "./detect-layout.ts";
import { splitRun } from "./split-run.ts";

/** So much of the beginning decides where the numbers stand. */
const HEAD_CHARS = 65_536;

/** Turns text, in whatever pieces it comes, into the numbers that it holds. The same text gives the same entries in any pieces. */
export class EntryReader {
	readonly #country: string;
	readonly #onEntry: (entry: Entry) => void;
	#head = "";
	#cells: CellReader | undefined;
	#layout: Layout | undefined;
	#isHeader = false;
	#phone: { text: string; line: number } | undefined;
	#isRowBlank = true;
	#line = 0;
	#cellOfLine = 0;

	constructor(country: string, onEntry: (entry: Entry) => void) {
		this.#country = country;
		this.#onEntry = onEntry;
	}

	/** @throws UnreadableAudienceError. */
	write(text: string): void {
		if (this.#cells) {
			this.#cells.write(text);
			return;
		}
		this.#head += text;
		if (this.#head.length >= HEAD_CHARS) this.#begin(false);
	}

	/** @throws UnreadableAudienceError. */
	end(): void {
		if (!this.#cells) this.#begin(true);
		this.#cells?.end();
	}

	#begin(isWhole: boolean): void {
		const head = this.#head;
		this.#head = "";
		// Looked at in the same first characters, however the pieces were cut.
		const layout = detectLayout(head.slice(0, HEAD_CHARS), isWhole, this.#country);
		this.#layout = layout;
		this.#isHeader = layout.hasHeader;
		this.#cells = new CellReader(
			layout.separators,
			(cell, line, column) => this.#onCell(cell, line, column),
			(line) => this.#onRowEnd(line),
		);
		this.#cells.write(head);
	}

	#onCell(cell: string, line: number, column: number): void {
		const isBlank = cell === "" || cell.trim() === "";
		if (!isBlank) this.#isRowBlank = false;
		if (this.#layout?.column === null) {
			if (!isBlank && !this.#isHeader) for (const part of splitRun(cell)) this.#emit(part, line);
		} else if (this.#layout?.column === column) {
			this.#phone = { text: cell, line };
		}
	}

	#onRowEnd(line: number): void {
		const isNumberRow = this.#layout?.column !== null && !this.#isRowBlank && !this.#isHeader;
		if (isNumberRow) this.#emit(this.#phone?.text ?? "", this.#phone?.line ?? line);
		if (!this.#isRowBlank) this.#isHeader = false;
		this.#phone = undefined;
		this.#isRowBlank = true;
	}

	#emit(typed: string, line: number): void {
		this.#cellOfLine = line === this.#line ? this.#cellOfLine + 1 : 1;
		this.#line = line;
		this.#onEntry({ typed, line, cell: this.#cellOfLine });
	}
}
