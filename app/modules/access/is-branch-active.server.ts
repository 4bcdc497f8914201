import type { Tx } from "#db/tx.ts";

/** Whether an account and every one above it is active: a block holds for the whole branch below. `path` is "/1/5/9/". */
export function isBranchActive(tx: Tx, path: string): boolean {
	const ids = path.split("/").filter(Boolean).map(Number);
	const row = tx
		.sql<{ inactive: number }>(
			"SELECT count(*) AS inactive FROM accounts WHERE id IN (SELECT value FROM json_each(?)) AND state <> 'active'",
		)
		.get(JSON.stringify(ids));
	return row?.inactive === 0;
}
