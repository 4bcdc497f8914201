import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { getRolePage } from "./get-role-page.server.ts";

/**
 * What is asked before a role is deleted.
 *
 * @throws Response 403; RoleNotFoundError
 */
export function getRoleDeed(tx: Tx, actor: Actor, roleId: number) {
	requireRight(actor, "employees.delete");
	requireSelf(actor);
	const { id, name, version, isUsed, mayChange } = getRolePage(tx, actor, roleId);
	if (!mayChange) throw new Response(null, { status: 403 });
	return { id, name, version, isUsed };
}
