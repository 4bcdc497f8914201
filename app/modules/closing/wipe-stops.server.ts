import type { Tx } from "#db/tx.ts";

const STOPS_A_SLICE = 1_000;

/**
 * Deletes some of a closed account's stop list, with what was taken back of it: nobody writes under that list any more.
 *
 * @returns false when there was nothing any more.
 */
export function wipeStopsSlice(tx: Tx, accountId: number): boolean {
	// One half after the other: each has an index of its own.
	for (const half of ["IS NULL", "IS NOT NULL"]) {
		const { changes } = tx
			.sql(
				`DELETE FROM stops WHERE account_id = ? AND id IN (
				   SELECT id FROM stops WHERE account_id = ? AND lifted_at_utc ${half} LIMIT ${STOPS_A_SLICE})`,
			)
			.run(accountId, accountId);
		if (changes > 0) return true;
	}
	return false;
}
