import { getExampleNumber } from "libphonenumber-js";
import examples from "libphonenumber-js/examples.mobile.json";
import { describe, expect, it } from "vitest";
import fc from "#app/testing/fc.ts";
import { readNumber } from "./read-number.ts";

describe("readNumber", () => {
	it.each([
		["+7 (916) 123-45-67", "UA", "+79161234567"],
		["89161234567", "RU", "+79161234567"],
		["8 (916) 123-45-67", "RU", "+79161234567"],
		["9161234567", "RU", "+79161234567"],
		["79161234567", "RU", "+79161234567"],
		["79161234567", "UA", "+79161234567"],
		["00380671234567", "RU", "+380671234567"],
		["810380671234567", "RU", "+380671234567"],
		["067 123 45 67", "UA", "+380671234567"],
		["380671234567", "UA", "+380671234567"],
		["+٩١٩٨٧٦٥٤٣٢١٠", "UA", "+919876543210"],
		["۰۹۱۲۳۴۵۶۷۸۹", "IR", "+989123456789"],
		["९८७६५४३२१०", "IN", "+919876543210"],
		["\u202a+380 67 123 45 67\u202c", "UA", "+380671234567"],
		["＋３８０６７１２３４５６７", "UA", "+380671234567"],
		["'+380671234567", "UA", "+380671234567"],
		['="380671234567"', "UA", "+380671234567"],
		["380671234567.0", "UA", "+380671234567"],
		["380 67 123‑45–67", "UA", "+380671234567"],
	])("reads %s in %s as %s", (typed, country, phone) => {
		expect(readNumber(typed, country)).toEqual({ phone });
	});

	it.each([
		["", "empty"],
		["  \u200e ", "empty"],
		["Ivan", "no_digits"],
		["7.9E+10", "damaged_by_excel"],
		["7,91612E+10", "damaged_by_excel"],
		["3.80671E+11", "damaged_by_excel"],
		["12345", "too_short"],
		["+38067123", "too_short"],
		["1234567890123456789012", "too_long"],
		["+3806712345678901", "too_long"],
		["+999671234567", "bad_country"],
		["067-1234-567 home", "not_a_number"],
		["2024-05-17T10:00:00", "not_a_number"],
		["+380 11 111 11 11", "no_such_number"],
	])("refuses %j: %s", (typed, reason) => {
		expect(readNumber(typed, "UA")).toEqual({ reason });
	});

	it("does not take a mistyped short number for one of another country", () => {
		expect(readNumber("4412345678", "UA")).toHaveProperty("reason");
	});

	const countries = ["RU", "UA", "IN", "AE", "EG", "KZ", "GB", "US", "DE"] as const;
	const separators = fc.constantFrom("", " ", "-", ".", "\u00a0", "–");

	it("reads every mobile example of a country however it is punctuated, locally or internationally", () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...countries),
				fc.boolean(),
				fc.array(separators, { minLength: 20, maxLength: 20 }),
				fc.constantFrom(0x30, 0x660, 0x6f0, 0x966, 0xff10),
				(country, isInternational, gaps, zero) => {
					const number = getExampleNumber(country, examples)!;
					const digits = (isInternational ? number.number : number.formatNational()).replace(/[^\d+]/g, "");
					const typed = [...digits]
						.map((digit, at) => (digit === "+" ? digit : String.fromCharCode(zero + Number(digit)) + (gaps[at] ?? "")))
						.join("");
					expect(readNumber(typed, country)).toEqual({ phone: number.number });
				},
			),
		);
	});

	it("answers anything at all with a number in E.164 or a reason, and reads what it wrote as the same", () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[+0-9 ()eE.,-]{0,25}$/)),
				fc.constantFrom(...countries, "XX"),
				(typed, country) => {
					const read = readNumber(typed, country);
					if ("reason" in read) return;
					expect(read.phone).toMatch(/^\+[1-9]\d{6,14}$/);
					expect(readNumber(read.phone, country)).toEqual(read);
				},
			),
			{ numRuns: 2_000 },
		);
	});
});
