import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LOCALES } from "#app/lib/locale.ts";
import { CAUSES, causeKeyOf } from "./causes.ts";

type Words = Record<string, { what?: string; do?: string }>;
const wordsOf = (locale: string) =>
	JSON.parse(readFileSync(new URL(`../locales/${locale}/causes.json`, import.meta.url), "utf8")) as Words;

describe("the dictionary of causes", () => {
	it.each(LOCALES)("says in %s of each what it means and what to do", (locale) => {
		const words = wordsOf(locale);
		const missing = Object.keys(CAUSES).filter((key) => !words[key]?.what?.trim() || !words[key]?.do?.trim());
		expect(missing).toEqual([]);
	});

	it("gives each its own number for ever, and a number of a newer version is unspecified", () => {
		const numbers = Object.values(CAUSES);
		expect(new Set(numbers).size).toBe(numbers.length);
		for (const [key, number] of Object.entries(CAUSES)) expect(causeKeyOf(number)).toBe(key);
		expect(causeKeyOf(32_000)).toBe("unspecified");
	});

	it.each(LOCALES)("does not say one thing of two causes in %s", (locale) => {
		const words = wordsOf(locale);
		const said = Object.keys(CAUSES).map((key) => words[key]!.what);
		expect(new Set(said).size).toBe(said.length);
	});
});
