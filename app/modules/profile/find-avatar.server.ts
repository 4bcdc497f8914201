import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import type { SignedIn } from "#app/modules/access/signed-in-by.server.ts";
import type { Tx } from "#db/tx.ts";

/**
 * A person's picture, for that person, the people of the same account and those above in whose scope it is. Undefined for all others,
 * exactly as one that does not exist.
 */
export function findAvatar(
	tx: Tx,
	{ actor, user }: SignedIn,
	userId: number,
	key: string,
): { type: string; bytes: Buffer } | undefined {
	return tx
		.sql<{ type: string; bytes: Buffer }>(
			`SELECT v.type, v.bytes FROM avatars v JOIN accounts a ON a.id = v.account_id
			WHERE v.user_id = @userId AND v.key = @key AND (v.account_id = @own OR v.user_id = @me OR ${IN_SCOPE})`,
		)
		.get({ userId, key, own: actor.account.id, me: user.userId, scope: scopeOf(actor) });
}
