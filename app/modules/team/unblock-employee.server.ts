import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { requireChangeableEmployee } from "./require-employee.server.ts";

/**
 * An employee may sign in again.
 *
 * @throws Response 403; EmployeeNotFoundError, StaleTeamError
 */
export async function unblockEmployee(actor: Actor, userId: number, version: number): Promise<void> {
	requireRight(actor, "employees.update");
	requireSelf(actor);
	await inTx((tx) => {
		const { login } = requireChangeableEmployee(tx, actor, userId, version);
		tx.sql("UPDATE users SET state = 'active', version = version + 1 WHERE id = ? AND account_id = ?").run(
			userId,
			actor.account.id,
		);
		writeAudit(tx, actor, "employee.unblock", `user:${userId}`, { login });
	});
}
