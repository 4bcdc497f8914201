import { getCountries } from "libphonenumber-js/min";
import { LOCALES, type Locale } from "./locale.ts";
import { sortKey } from "./sort-key.ts";

const CODES: ReadonlySet<string> = new Set(getCountries());
const names = new Map<Locale, Intl.DisplayNames>();
let byName: Map<string, string> | undefined;

/** "UA" → "Ukraine", in the language of the page. */
export function countryName(locale: Locale, code: string): string {
	let one = names.get(locale);
	if (!one) {
		one = new Intl.DisplayNames([locale], { type: "region" });
		names.set(locale, one);
	}
	return (/^[A-Z]{2}$/.test(code) && one.of(code)) || code;
}

/** As a form shows it: "Ukraine (UA)". A list of all 245 would weigh more than the page around it. */
export function countryLabel(locale: Locale, code: string): string {
	return `${countryName(locale, code)} (${code})`;
}

/** What a person typed as an ISO 3166 code: "ua", "Ukraine (UA)", the name in any of our languages. Undefined for no country with phones. */
export function readCountry(typed: string): string | undefined {
	const text = typed.trim();
	const code = (/^([a-z]{2})$/i.exec(text) ?? /\(([a-z]{2})\)$/i.exec(text))?.[1]?.toUpperCase();
	if (code) return CODES.has(code) ? code : undefined;
	byName ??= new Map(LOCALES.flatMap((locale) => [...CODES].map((one) => [sortKey(countryName(locale, one)), one])));
	return byName.get(sortKey(text));
}
