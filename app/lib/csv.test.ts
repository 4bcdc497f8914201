import { expect, it } from "vitest";
import { csvLine } from "./csv.ts";

it("quotes what holds a comma, a quote or a line break", () => {
	expect(csvLine(["a", "b,c", 'say "no"', "two\nlines", null, 7, -7])).toBe(
		'a,"b,c","say ""no""","two\nlines",,7,-7\r\n',
	);
});

it.each([
	"=1+1",
	"+380671234567",
	"-2",
	"@SUM(A1)",
	"\t=1",
	"\r=1",
	" =1",
	"\u2068=1",
	"\u200F=cmd|' /C calc'!A0",
	"＝1",
])("never lets %j run as a formula", (text) => {
	expect(csvLine([text]).replace(/^"/, "")).toMatch(/^'/);
});

it.each(["a=b", "2026-11-21", "(=1)", "٣", "-"])("leaves %j readable", (text) => {
	expect(csvLine([text]).trim()).toContain(text);
});
