import type { Tx } from "#db/tx.ts";

/** Writes down that a block ended at `endedAtUtc` (unix ms). When it began and ended is kept: see was-blocked-at. */
export function liftBlock(tx: Tx, accountId: number, endedAtUtc: number): void {
	tx.sql(
		`UPDATE accounts SET state = 'active', block_reason = NULL, blocked_until_utc = NULL, blocked_by_account_id = NULL,
			unblocked_at_utc = ?, version = version + 1 WHERE id = ? AND state = 'blocked'`,
	).run(endedAtUtc, accountId);
}
