import type { Tx } from "#db/tx.ts";
import type { Actor } from "./actor.ts";
import { branchStanding } from "./branch-standing.server.ts";
import { isSubset, type Rights } from "./rights.ts";

/**
 * Whether the actor may do everything that an account with these rights may. Whoever may not (an employee with few rights) gets no
 * way of signing in as its people: no password of theirs, no second factor taken away.
 */
export function mayAsMuch(actor: Pick<Actor, "rights">, rights: Rights): boolean {
	return isSubset(rights, actor.rights);
}

/**
 * @param path of an account in the actor's scope
 * @throws Response 403
 */
export function requireAsMuch(tx: Tx, actor: Pick<Actor, "rights">, path: string): void {
	if (!mayAsMuch(actor, branchStanding(tx, path).rights)) throw new Response(null, { status: 403 });
}
