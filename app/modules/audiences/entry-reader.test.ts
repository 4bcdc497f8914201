import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import fc from "#app/testing/fc.ts";
import type { Entry } from "./audience.ts";
import { CellReader } from "./cell-reader.ts";
import { EntryReader } from "./entry-reader.ts";

function entriesOf(text: string, pieces = [text], country = "UA"): Entry[] {
	const entries: Entry[] = [];
	const reader = new EntryReader(country, (entry) => entries.push(entry));
	for (const piece of pieces) reader.write(piece);
	reader.end();
	return entries;
}

const typedIn = (text: string) => entriesOf(text).map((entry) => entry.typed);

describe("pasted numbers", () => {
	it("are separated by line ends, commas, semicolons and tabs, several a line", () => {
		const text = "+380671111111, +380672222222;+380673333333\t+380674444444\n\n+38 (067) 555-55-55\r\nIvan\r";
		expect(entriesOf(text)).toEqual([
			{ typed: "+380671111111", line: 1, cell: 1 },
			{ typed: " +380672222222", line: 1, cell: 2 },
			{ typed: "+380673333333", line: 1, cell: 3 },
			{ typed: "+380674444444", line: 1, cell: 4 },
			{ typed: "+38 (067) 555-55-55", line: 3, cell: 1 },
			{ typed: "Ivan", line: 4, cell: 1 },
		]);
	});

	it("may have only spaces between them", () => {
		expect(typedIn("380671111111 380672222222\n+38 067 333 33 33 +38 067 444 44 44")).toEqual([
			"380671111111",
			"380672222222",
			"+38 067 333 33 33",
			"+38 067 444 44 44",
		]);
	});

	it("hide no bad one: a line of a good and a bad number is a list, not a table", () => {
		expect(typedIn("+380671111111, 12345")).toEqual(["+380671111111", " 12345"]);
	});

	it("may have a heading", () => {
		expect(typedIn("Телефон:\n0671111111\n0672222222")).toEqual(["0671111111", "0672222222"]);
	});
});

describe("tables", () => {
	it.each(["phone", "Phone number", "TEL.", "Телефон", "номер", "फ़ोन", "फ़ोन नंबर", "رقم الهاتف", "Mobile_Phone"])(
		"take the column headed %s",
		(heading) => {
			const text = `id;${heading};name\n1000001;0671111111;Ivan\n1000002;0672222222;"Olha; 2nd"\n`;
			expect(typedIn(text)).toEqual(["0671111111", "0672222222"]);
		},
	);

	it("without a known heading take the column where most cells are numbers, and say where each stood", () => {
		const text = 'who,where,how\n"Doe, J.",Kyiv,0671111111\nRoe,"Lviv\nUA",0672222222\nPoe,Odesa,\n';
		expect(entriesOf(text)).toEqual([
			{ typed: "0671111111", line: 2, cell: 1 },
			{ typed: "0672222222", line: 4, cell: 1 },
			{ typed: "", line: 5, cell: 1 },
		]);
	});

	it("list a row that ends before the column as empty, and skip blank rows", () => {
		expect(entriesOf("name,phone\nIvan\n,,\n\nOlha,0671111111\n")).toEqual([
			{ typed: "", line: 2, cell: 1 },
			{ typed: "0671111111", line: 5, cell: 1 },
		]);
	});
});

it("refuses a quotation mark that is never closed", () => {
	expect(() => entriesOf('0671111111\n"0672222222\n0673333333')).toThrow("unclosed_quote");
	expect(() => entriesOf(`"${"0672222222\n".repeat(10_000)}`)).toThrow("unclosed_quote");
});

it("gives the same entries however the text is cut", () => {
	const line = fc.array(fc.constantFrom("0671111111", '"067 222\n2222"', "Ivan", '"a ""b"" c"', "", " "), {
		minLength: 1,
		maxLength: 4,
	});
	const text = fc
		.tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom(",", ";", "\t"), fc.constantFrom("\n", "\r\n", "\r"))
		.map(([lines, delimiter, end]) => lines.map((cells) => cells.join(delimiter)).join(end));
	fc.assert(
		fc.property(text, fc.array(fc.nat(2_000), { maxLength: 10 }), (whole, cuts) => {
			const at = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length];
			const pieces = at.slice(1).map((to, index) => whole.slice(at[index], to));
			expect(entriesOf(whole, pieces)).toEqual(entriesOf(whole));
		}),
	);
});

it("cuts well-formed values as csv-parse does", () => {
	const cell = fc.string({ unit: fc.constantFrom("a", "1", " ", '"', ",", "\n", "я"), maxLength: 8 });
	const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 10 });
	fc.assert(
		fc.property(rows, (given) => {
			const text = given
				.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(","))
				.map((row) => `${row}\n`)
				.join("");
			const read: string[][] = [];
			let current: string[] = [];
			const reader = new CellReader(
				[","],
				(one) => current.push(one),
				() => {
					read.push(current);
					current = [];
				},
			);
			reader.write(text);
			reader.end();
			expect(read).toEqual(parse(text, { relax_column_count: true }));
		}),
	);
});
