import type { Tx } from "#db/tx.ts";

export interface Owner {
	userId: number;
	login: string;
	name: string;
	passwordHash: string;
}

/** The first owner of an account (whose scope has been checked), whom those above deal with; undefined where none signs in. */
export function ownerOf(tx: Tx, accountId: number): Owner | undefined {
	return tx
		.sql<Owner>(
			`SELECT id AS userId, login, name, password_hash AS passwordHash FROM users
			WHERE account_id = ? AND role = 'owner' AND state = 'active' ORDER BY id LIMIT 1`,
		)
		.get(accountId);
}
