import { getCountries, getCountryCallingCode, parsePhoneNumberFromString } from "libphonenumber-js/min";

/** Countries by calling code. Where several share one, the largest is first. */
const byCode = new Map<string, string[]>();
const MAIN: Record<string, string> = { 1: "US", 7: "RU", 39: "IT", 44: "GB", 47: "NO", 61: "AU", 212: "MA", 358: "FI" };
for (const country of getCountries()) {
	const code = getCountryCallingCode(country);
	const sharers = byCode.get(code) ?? [];
	if (MAIN[code] === country) sharers.unshift(country);
	else sharers.push(country);
	byCode.set(code, sharers);
}

/** By this many digits after a shared code, its countries are told apart (area codes; Jersey's mobiles need six). */
const TELLING_DIGITS = 6;
const KEPT_MAX = 50_000;
const kept = new Map<string, string>();

/**
 * The country of a number as ISO 3166 code; "" where no country has its calling code (satellites, rubbish). Where countries share
 * a code (+1, +7, +44 …) the library's data of area codes tells. Some 0.1 µs; the first number of an area costs more.
 *
 * @param e164 with the plus.
 */
export function countryOfNumber(e164: string): string {
	for (let digits = 1; digits <= 3; digits++) {
		const code = e164.slice(1, 1 + digits);
		const countries = byCode.get(code);
		if (!countries) continue;
		return countries.length === 1 ? countries[0]! : amongSharers(e164, digits, countries);
	}
	return "";
}

function amongSharers(e164: string, codeDigits: number, countries: string[]): string {
	const area = e164.slice(0, 1 + codeDigits + TELLING_DIGITS);
	const known = kept.get(area);
	if (known) return known;
	const told = parsePhoneNumberFromString(e164)?.country;
	// A number that nobody has says nothing about its neighbours.
	if (!told || !countries.includes(told)) return countries[0]!;
	if (kept.size >= KEPT_MAX) kept.clear();
	kept.set(area, told);
	return told;
}
