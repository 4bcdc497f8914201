import type { Tx } from "#db/tx.ts";

/** Writes the sign-in of an account's owner; returns the user's id. The login must be normalised already (`normaliseLogin`). */
export function createOwner(
	tx: Tx,
	owner: { accountId: number; login: string; passwordHash: string; name: string },
): number {
	const { lastInsertRowid } = tx
		.sql(
			"INSERT INTO users (account_id, login, password_hash, role, name, created_at_utc) VALUES (?, ?, ?, 'owner', ?, ?)",
		)
		.run(owner.accountId, owner.login, owner.passwordHash, owner.name, Date.now());
	return Number(lastInsertRowid);
}
