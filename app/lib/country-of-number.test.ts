import { getExampleNumber } from "libphonenumber-js";
import examples from "libphonenumber-js/examples.mobile.json" with { type: "json" };
import { getCountries } from "libphonenumber-js/min";
import { expect, it } from "vitest";
import { countryOfNumber } from "./country-of-number.ts";

it.each([
	["+380501234567", "UA"],
	["+79161234567", "RU"],
	["+77011234567", "KZ"],
	["+12125550123", "US"],
	["+14165550123", "CA"],
	["+12424567890", "BS"],
	["+447400123456", "GB"],
	["+447797712345", "JE"],
	["+97433123456", "QA"],
	["+882161234567", ""],
	["+", ""],
	["", ""],
])("%s is of %s", (number, country) => expect(countryOfNumber(number)).toBe(country));

it("says of a number that nobody has the largest country of its code", () => {
	expect(countryOfNumber("+10000000000")).toBe("US");
	expect(countryOfNumber("+70000000000")).toBe("RU");
});

it("tells every country by its example of a mobile number, but for those whose numbers are those of a larger one", () => {
	const wrong = getCountries().filter((country) => {
		const number = getExampleNumber(country, examples)?.number;
		return number && countryOfNumber(number) !== country;
	});
	expect(wrong).toEqual(["AX", "BL", "CC", "CX", "EH", "IM", "MF", "SJ", "VA"]);
});
