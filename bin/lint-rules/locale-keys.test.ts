import { expect, it } from "vitest";
import { localeKeys } from "./locale-keys.ts";
import { lintFile } from "./rule.ts";

const people = {
	en: { people_one: "One person", people_other: "{{count}} people" },
	ru: { people_one: "{{count}} ч", people_few: "{{count}} ч", people_many: "{{count}} ч", people_other: "{{count}} ч" },
	hi: { people_one: "{{count}} h", people_other: "{{count}} h" },
	ar: {
		people_zero: "لا أحد",
		people_one: "a",
		people_two: "b",
		people_few: "{{count}} c",
		people_many: "{{count}} d",
		people_other: "{{count}} e",
	},
};

function check(change: Partial<Record<keyof typeof people, object | undefined>> = {}): string[] {
	const all = { ...people, ...change };
	const files = Object.entries(all)
		.filter(([, texts]) => texts)
		.map(([language, texts]) => lintFile(`app/locales/${language}/lists.json`, JSON.stringify(texts)));
	return localeKeys.check(files).map((found) => `${found.path}: ${found.message}`);
}

it("is content with full sets", () => expect(check()).toEqual([]));

it("misses a plural form that the language's grammar has", () => {
	const { people_few: _, ...rest } = people.ru;
	expect(check({ ru: rest })).toEqual(["app/locales/ru/lists.json: the key people_few is missing"]);
});

it("misses a key, a text, a whole file", () => {
	expect(check({ en: { ...people.en, title: "Lists" } })).toHaveLength(3);
	expect(check({ hi: { ...people.hi, people_one: " " } })).toHaveLength(1);
	expect(check({ hi: undefined })).toEqual(["app/locales/en/lists.json: lists is missing in hi"]);
});

it("finds a key that English has not, and a value that was lost in translation", () => {
	expect(check({ hi: { ...people.hi, old: "x" } })).toHaveLength(1);
	expect(check({ hi: { ...people.hi, people_other: "लोग" } })).toHaveLength(1);
});
