import type { Tx } from "#db/tx.ts";

/** Changes how many of a collection's people are of each country, in the transaction that adds or removes them. */
export function countCountries(
	tx: Tx,
	of: { accountId: number; collectionId: number },
	change: ReadonlyMap<string, number>,
): void {
	for (const [country, contacts] of change) {
		tx.sql(
			`INSERT INTO collection_countries (collection_id, account_id, country, contacts)
			 VALUES (@collectionId, @accountId, @country, @contacts)
			 ON CONFLICT (collection_id, country) DO UPDATE SET contacts = contacts + @contacts`,
		).run({ ...of, country, contacts });
	}
	tx.sql("DELETE FROM collection_countries WHERE collection_id = ? AND account_id = ? AND contacts = 0").run(
		of.collectionId,
		of.accountId,
	);
}
