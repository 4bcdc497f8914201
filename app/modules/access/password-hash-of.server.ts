import type { Tx } from "#db/tx.ts";

/** Of a person; undefined: there is no such person in the account. */
export function passwordHashOf(
	tx: Tx,
	{ userId, accountId }: { userId: number; accountId: number },
): string | undefined {
	return tx
		.sql<{ hash: string }>("SELECT password_hash AS hash FROM users WHERE id = ? AND account_id = ?")
		.get(userId, accountId)?.hash;
}
