import { expect, it } from "vitest";
import { parseExactJson } from "./exact-json.ts";
import { parsePath, readWord } from "./paths.ts";

const value = { a: { b: [{ c: "x" }, 5] }, "one two": true, list: [[null]], n: null };

it.each<[string, string | undefined]>([
	["a.b[0].c", "x"],
	["a.b[1]", "5"],
	["one two", "true"],
	["list[0][0]", "null"],
	["n", "null"],
	["a.b", undefined],
	["a.b[2]", undefined],
	["a.b.length", undefined],
	["a[0]", undefined],
	["a.b[0].c.length", undefined],
	["constructor.name", undefined],
	["__proto__", undefined],
	["a.toString", undefined],
	["", undefined],
])("%s is %s", (path, word) => {
	expect(readWord(value, parsePath(path)!)).toBe(word);
});

it.each([".a", "a.", "a..b", "a[", "a[x]", "a[-1]", "a[0]b", " a", "a]", "[9999999]", "a".concat(".a".repeat(20))])(
	"%s is no path",
	(path) => {
		expect(parsePath(path)).toBeUndefined();
	},
);

it("numbers keep their digits, and text stays text", () => {
	const text = '{"a":[9007199254740993,-9223372036854775808,12,1.5,1e400,"9007199254740993"],"__proto__":7}';
	const parsed = parseExactJson(text) as Record<string, unknown>;
	expect(parsed.a).toEqual([
		"9007199254740993",
		"-9223372036854775808",
		12,
		1.5,
		Number.POSITIVE_INFINITY,
		"9007199254740993",
	]);
	expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
});
