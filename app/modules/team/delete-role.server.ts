import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { requireChangeableRole } from "./require-role.server.ts";
import { RoleInUseError } from "./team.errors.ts";

/**
 * Deletes a role that nobody has.
 *
 * @throws Response 403; RoleNotFoundError, StaleTeamError, RoleInUseError
 */
export async function deleteRole(actor: Actor, roleId: number, version: number): Promise<void> {
	requireRight(actor, "employees.delete");
	requireSelf(actor);
	await inTx((tx) => {
		const role = requireChangeableRole(tx, actor, roleId, version);
		if (tx.sql("SELECT 1 FROM users WHERE role_id = ? AND account_id = ?").get(roleId, actor.account.id))
			throw new RoleInUseError();
		tx.sql("DELETE FROM roles WHERE id = ? AND account_id = ?").run(roleId, actor.account.id);
		writeAudit(tx, actor, "role.delete", `role:${roleId}`, { name: role.name });
	});
}
