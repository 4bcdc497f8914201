import type { CountryCode } from "libphonenumber-js";
import {
	isSupportedCountry,
	ParseError,
	parsePhoneNumberWithError,
	validatePhoneNumberLength,
} from "libphonenumber-js/min";
import type { RejectReason } from "./audience.ts";
import { tidyNumber } from "./tidy-number.ts";

export type ReadNumber = { phone: string } | { reason: RejectReason };

/** What may stand in a number besides digits: spaces of all kinds, brackets, dashes, dots, slashes. */
const NUMBER_ONLY = /^[+\d\s().\-\u2010-\u2015\u2212/]*$/;
/** "7.9E+10", "7,91612E+10": the digits after those shown are lost, whatever the cell showed before. */
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?[eEеЕ][+-]?\d+$/;
/** "79161234567.0": what a program that takes numbers for fractions writes. */
const FRACTION_OF_ZERO = /^(\+?\d{7,})[.,]0{1,2}$/;
/** E.164's longest, after "00" or the Russian "810". */
const DIGITS_MAX = 15;
const DIGITS_MIN = 7;
/** Without a plus, shorter ones are too easily a mistyped number of one country that happens to exist in another. */
const INTERNATIONAL_MIN = 11;

function parse(text: string, country: CountryCode | undefined): ReadNumber {
	try {
		const number = parsePhoneNumberWithError(text, { defaultCountry: country, extract: false });
		if (number.isValid()) return { phone: number.number };
		const length = validatePhoneNumberLength(number.number);
		return { reason: length === "TOO_SHORT" ? "too_short" : length === "TOO_LONG" ? "too_long" : "no_such_number" };
	} catch (error) {
		if (!(error instanceof ParseError)) throw error;
		if (error.message === "TOO_SHORT") return { reason: "too_short" };
		if (error.message === "TOO_LONG") return { reason: "too_long" };
		if (error.message === "INVALID_COUNTRY") return { reason: "bad_country" };
		return { reason: "not_a_number" };
	}
}

/**
 * Reads one phone number as people of `country` write it (ISO 3166: the account's, never the server's).
 * Local and international forms, with or without a plus, in any digits: "+7 (916) 123-45-67", "8916…" in Russia, "00380…".
 */
export function readNumber(typed: string, country: string): ReadNumber {
	const text = tidyNumber(typed).replace(FRACTION_OF_ZERO, "$1");
	if (text === "") return { reason: "empty" };
	if (SCIENTIFIC.test(text)) return { reason: "damaged_by_excel" };
	const digits = text.replace(/\D/g, "");
	if (digits === "") return { reason: "no_digits" };
	if (!NUMBER_ONLY.test(text)) return { reason: "not_a_number" };
	if (digits.length < DIGITS_MIN) return { reason: "too_short" };
	// Cheaper than asking the library, and it keeps a cell of a megabyte away from it.
	if (digits.length > DIGITS_MAX + 3) return { reason: "too_long" };

	const home = isSupportedCountry(country) ? country : undefined;
	if (text.startsWith("+")) return parse(text, home);
	if (/^00[1-9]/.test(digits)) return parse(`+${digits.slice(2)}`, home);
	const local = home ? parse(digits, home) : ({ reason: "bad_country" } as const);
	if ("phone" in local || digits.length < INTERNATIONAL_MIN) return local;
	const international = parse(`+${digits}`, home);
	return "phone" in international ? international : local;
}
