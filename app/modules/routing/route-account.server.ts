import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight } from "#app/modules/access/require-right.ts";
import { findAccount } from "#app/modules/accounts/find-account.server.ts";
import type { Tx } from "#db/tx.ts";
import { RouteAccountUnknownError } from "./route.errors.ts";

/**
 * The account that somebody means by a login or an id; "" is the actor's own, the root.
 *
 * @throws RouteAccountUnknownError
 */
export function routeAccount(tx: Tx, actor: Actor, typed: string): { id: number; path: string; name: string } {
	if (typed === "") return actor.account;
	const found = hasRight(actor, "accounts.read") ? findAccount(tx, actor, typed) : undefined;
	if (!found) throw new RouteAccountUnknownError(typed);
	return found;
}
