import type { Tx } from "#db/tx.ts";
import { countCountries } from "./count-countries.server.ts";

const ROWS_A_SLICE = 1_000;

/**
 * Deletes some of a collection's people and rejects: one short transaction's worth.
 *
 * @returns false when there were none any more.
 */
export function emptySlice(tx: Tx, accountId: number, collectionId: number): boolean {
	const slice = [collectionId, accountId, ROWS_A_SLICE];
	const contacts = tx
		.sql<{ country: string }>(
			`DELETE FROM contacts WHERE id IN (SELECT id FROM contacts WHERE collection_id = ? AND account_id = ? LIMIT ?)
			 RETURNING country`,
		)
		.all(...slice);
	const gone = new Map<string, number>();
	for (const { country } of contacts) gone.set(country, (gone.get(country) ?? 0) - 1);
	countCountries(tx, { accountId, collectionId }, gone);
	const rejects = tx
		.sql(
			`DELETE FROM contact_rejects WHERE (collection_id, line, cell) IN (
			 SELECT collection_id, line, cell FROM contact_rejects WHERE collection_id = ? AND account_id = ? LIMIT ?)`,
		)
		.run(...slice);
	return contacts.length + rejects.changes > 0;
}
