import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { TooDeepError, UnfitParentError } from "./account.errors.ts";
import { DEPTH_MAX, depthOf } from "./insert-account.server.ts";
import { type Account, requireAccount } from "./require-account.server.ts";

/**
 * The account that another may be made below.
 *
 * @throws AccountNotFoundError, UnfitParentError, TooDeepError
 */
export function requireParent(tx: Tx, actor: Actor, accountId: number): Account {
	const parent = requireAccount(tx, actor, accountId);
	if (parent.kind === "client") throw new UnfitParentError("client");
	if (isClosed(tx, parent.path)) throw new UnfitParentError("closed");
	if (depthOf(parent.path) >= DEPTH_MAX) throw new TooDeepError();
	return parent;
}

/** What a page begins with where it names no parent: the own account, or the first that the actor's role is limited to. */
export function standardParentId(actor: Actor): number {
	const { id, path } = actor.account;
	if (actor.branches.includes(path)) return id;
	return Number(actor.branches[0]?.split("/").at(-2) ?? id);
}

function isClosed(tx: Tx, path: string): boolean {
	const ids = JSON.stringify(path.split("/").filter(Boolean).map(Number));
	const closed = "SELECT 1 FROM accounts a WHERE a.id IN (SELECT value FROM json_each(?)) AND a.state = 'closed'";
	return tx.sql(closed).get(ids) !== undefined;
}
