import { inTx, type Tx } from "#db/tx.ts";

export const NOTICES_KEPT_MS = 90 * 86_400_000;
const SWEPT_AT_ONCE = 500;

/** Throws away notices older than 90 days, seen or not, some hundred in a transaction; returns how many. */
export async function sweepNotices(now = Date.now()): Promise<number> {
	let removed = 0;
	for (;;) {
		const swept = await inTx((tx) => sweepSome(tx, now - NOTICES_KEPT_MS));
		removed += swept;
		if (swept < SWEPT_AT_ONCE) return removed;
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}

/** The oldest first: ids grow with the time, so that the first one that is young enough ends the search. */
function sweepSome(tx: Tx, beforeUtc: number): number {
	const old = tx
		.sql<{ id: number; userId: number; accountId: number; isUnseen: number }>(
			`SELECT id, user_id AS userId, account_id AS accountId, seen_at_utc IS NULL AS isUnseen
			FROM (SELECT * FROM notices ORDER BY id LIMIT ?) WHERE at_utc < ?`,
		)
		.all(SWEPT_AT_ONCE, beforeUtc);
	for (const { id, userId, accountId, isUnseen } of old) {
		tx.sql("DELETE FROM notices WHERE id = ? AND account_id = ?").run(id, accountId);
		if (isUnseen)
			tx.sql("UPDATE users SET unseen_notices = max(0, unseen_notices - 1) WHERE id = ? AND account_id = ?").run(
				userId,
				accountId,
			);
	}
	return old.length;
}
