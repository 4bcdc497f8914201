import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { type Account, requireAccount, requireAccountBelow } from "#app/modules/accounts/require-account.server.ts";
import type { Tx } from "#db/tx.ts";

/**
 * An account whose people's second factors the actor decides on: the own one as its owner, one below with the right to change it.
 *
 * @throws Response 403, also inside another's cabinet; AccountNotFoundError
 */
export function requireDemandable(tx: Tx, actor: Actor, accountId: number): Account {
	requireSelf(actor);
	if (accountId === actor.account.id) {
		if (actor.role !== "owner") throw new Response(null, { status: 403 });
		return requireAccount(tx, actor, accountId);
	}
	requireRight(actor, "accounts.update");
	return requireAccountBelow(tx, actor, accountId);
}
