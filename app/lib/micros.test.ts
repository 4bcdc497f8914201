import { expect, it } from "vitest";
import { formatMicros, formatMoney, formatMoneyShort, readMicros, writeMicros } from "./micros.ts";

it.each([
	["0.0083", 8_300],
	["0,0083", 8_300],
	[" 12 ", 12_000_000],
	["999999999.999999", 999_999_999_999_999],
	["٠٫٠٠٨٣", 8_300],
	["0", 0],
	["0.0000001", undefined],
	["-1", undefined],
	["1e3", undefined],
	["", undefined],
	[".5", undefined],
	["1 000", undefined],
])("%s is %s micro-units", (typed, micros) => expect(readMicros(typed)).toBe(micros));

it("is written as it is read", () => {
	for (const micros of [0, 1, 8_300, 1_000_000, 12_500_000, 999_999_999_999_999])
		expect(readMicros(writeMicros(micros))).toBe(micros);
	expect(writeMicros(-1_500_000)).toBe("-1.5");
});

it("is shown with all its decimals, two at least, and the currency's code", () => {
	expect(formatMoney("en", 8_300, "EUR")).toBe("EUR\u00a00.0083");
	expect(formatMoney("en", 12_000_000, "JPY")).toBe("JPY\u00a012.00");
	expect(formatMoney("ru", 8_300, "UAH")).toBe("0,0083\u00a0UAH");
});

it("is shown without its currency in tables, with its sign where it moves", () => {
	expect(formatMicros("en", 1_234_500_000)).toBe("1,234.50");
	expect(formatMicros("en", 8_300, true)).toBe("+0.0083");
	expect(formatMicros("en", -8_300, true)).toBe("-0.0083");
	expect(formatMicros("en", 0, true)).toBe("0.00");
});

it("in short never says more than there is", () => {
	expect(formatMoneyShort("en", 12_349_999, "EUR")).toBe("EUR\u00a012.34");
	expect(formatMoneyShort("en", 9_999, "EUR")).toBe("EUR\u00a00.00");
	expect(formatMoneyShort("en", -1, "EUR")).toBe("-EUR\u00a00.01");
});
