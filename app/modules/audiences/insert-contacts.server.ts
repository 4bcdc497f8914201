import { countryOfNumber } from "#app/lib/country-of-number.ts";
import type { Tx } from "#db/tx.ts";
import { countCountries } from "./count-countries.server.ts";

/**
 * Adds people to a collection, and counts them by country.
 *
 * @param phones E.164 with the plus, none of which the collection has.
 */
export function insertContacts(tx: Tx, of: { accountId: number; collectionId: number }, phones: string[]): void {
	const insert = tx.sql("INSERT INTO contacts (account_id, collection_id, phone, country) VALUES (?, ?, ?, ?)");
	const byCountry = new Map<string, number>();
	for (const phone of phones) {
		const country = countryOfNumber(phone);
		insert.run(of.accountId, of.collectionId, phone, country);
		byCountry.set(country, (byCountry.get(country) ?? 0) + 1);
	}
	countCountries(tx, of, byCountry);
}
