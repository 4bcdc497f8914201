import { expect, it } from "vitest";
import { localeFromHeader } from "./locale.ts";

it.each([
	["ru-RU,ru;q=0.9,en;q=0.8", "ru"],
	["de-DE,de;q=0.9,hi;q=0.5,en;q=0.4", "hi"],
	["en;q=0.1, ar;q=0.7", "ar"],
	["ru;q=0, en", "en"],
	["de, fr", undefined],
	["*", undefined],
	["", undefined],
	[null, undefined],
	["ru;q=abc", undefined],
])("%s asks for %s", (header, locale) => {
	expect(localeFromHeader(header)).toBe(locale);
});
