import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { AccountNotFoundError, AccountStateError } from "./account.errors.ts";
import { type Account, requireAccount, requireVersion } from "./require-account.server.ts";

/**
 * An account whose facts the actor may change: one below its own, and the root itself, which nobody stands above.
 *
 * @throws AccountNotFoundError, StaleAccountError, AccountStateError where it is closed.
 */
export function requireEditable(tx: Tx, actor: Actor, accountId: number, version?: number): Account {
	const account = requireAccount(tx, actor, accountId);
	if (account.id === actor.account.id && account.parentId !== null)
		throw new AccountNotFoundError(`account ${accountId} is the actor's own`);
	if (account.state === "closed") throw new AccountStateError("closed");
	requireVersion(account, version);
	return account;
}
