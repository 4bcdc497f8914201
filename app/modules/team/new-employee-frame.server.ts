import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { listRoles } from "./list-roles.server.ts";

/** The roles that the actor may give to a new employee. */
export function newEmployeeFrame(tx: Tx, actor: Actor): { roles: { id: number; name: string }[] } {
	requireRight(actor, "employees.create");
	requireSelf(actor);
	return { roles: grantableRoles(tx, actor) };
}

export function grantableRoles(tx: Tx, actor: Actor): { id: number; name: string }[] {
	return listRoles(tx, actor)
		.filter((role) => role.canGive)
		.map(({ id, name }) => ({ id, name }));
}
