import type { Actor } from "#app/modules/access/actor.ts";
import { isInScope } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";

/** Whom a route serves, as far as the reader may know. Null: everybody. */
export type ShownBranch = {
	id: number;
	/** Null: the account is out of the reader's scope. */
	name: string | null;
	/** Its owner's; "" where it is out of the reader's scope. */
	login: string;
} | null;

export function shownBranch(tx: Tx, actor: Actor, branchAccountId: number): ShownBranch {
	if (branchAccountId === actor.account.id) return null;
	const account = tx
		.sql<{ name: string; login: string; path: string }>(
			"SELECT name, owner_login AS login, path FROM accounts WHERE id = ?",
		)
		.get(branchAccountId);
	if (!account || !isInScope(actor, account.path)) return { id: branchAccountId, name: null, login: "" };
	return { id: branchAccountId, name: account.name, login: account.login };
}
