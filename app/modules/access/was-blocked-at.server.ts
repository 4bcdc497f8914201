import type { Tx } from "#db/tx.ts";

/**
 * Whether a moment lies within a block, that of now or the last one, of an account or of any above it. `path` is "/1/5/9/", `atUtc`
 * unix ms. The moment at which a block ends is not within it.
 */
export function wasBlockedAt(tx: Tx, path: string, atUtc: number): boolean {
	const ids = path.split("/").filter(Boolean).map(Number);
	const row = tx
		.sql(
			`SELECT 1 FROM json_each(@ids) i JOIN accounts a ON a.id = i.value
			 WHERE a.blocked_at_utc <= @at AND (
			       (a.state = 'blocked' AND (a.blocked_until_utc IS NULL OR a.blocked_until_utc > @at))
			       OR (a.state <> 'blocked' AND a.unblocked_at_utc > @at))
			 LIMIT 1`,
		)
		.get({ ids: JSON.stringify(ids), at: atUtc });
	return row !== undefined;
}
