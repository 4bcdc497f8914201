import { setTimeout as pause } from "node:timers/promises";
import { inTx, readBooks } from "#db/tx.ts";
import { emptySlice } from "./empty-slice.server.ts";

/** How long the audience of a form that was given up may be wanted again: its draft is open in some tab. */
export const ABANDONED_AFTER_MS = 7 * 86_400_000;
/** Run every hour, it need not look through years of audiences that campaigns have taken. */
const LOOKED_BACK_MS = 30 * 86_400_000;
const COLLECTIONS_A_ROUND = 100;
const PAUSE_MS = 2;

/**
 * Removes one-off audiences that no campaign has taken within a week, people and rejects with them: nobody's data is kept for
 * nothing. In slices, so that no other write waits.
 *
 * @returns how many were removed.
 */
export async function sweepCollections(now = Date.now()): Promise<number> {
	const abandoned = readBooks((tx) =>
		tx
			.sql<{ id: number; accountId: number }>(
				`SELECT l.id, l.account_id AS accountId FROM collections l
				 WHERE l.kind = 'one_off' AND l.created_at_utc BETWEEN ? AND ? AND NOT EXISTS (
				       SELECT 1 FROM campaigns c WHERE c.account_id = l.account_id AND c.collection_id = l.id)
				 LIMIT ${COLLECTIONS_A_ROUND}`,
			)
			.all(now - ABANDONED_AFTER_MS - LOOKED_BACK_MS, now - ABANDONED_AFTER_MS),
	);
	for (const one of abandoned) await remove(one.accountId, one.id);
	return abandoned.length;
}

async function remove(accountId: number, collectionId: number): Promise<void> {
	for (let isMore = true; isMore; ) {
		isMore = await inTx((tx) => {
			// Taken after all, between the look and now.
			if (tx.sql("SELECT 1 FROM campaigns WHERE account_id = ? AND collection_id = ?").get(accountId, collectionId))
				return false;
			if (emptySlice(tx, accountId, collectionId)) return true;
			tx.sql("DELETE FROM collections WHERE id = ? AND account_id = ?").run(collectionId, accountId);
			return false;
		});
		if (isMore) await pause(PAUSE_MS);
	}
}
