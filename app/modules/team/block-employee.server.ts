import type { Actor } from "#app/modules/access/actor.ts";
import { endSessions } from "#app/modules/access/end-sessions.server.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { requireChangeableEmployee } from "./require-employee.server.ts";

/**
 * An employee signs in no more, and is signed out everywhere, until somebody unblocks it.
 *
 * @throws Response 403; EmployeeNotFoundError, StaleTeamError
 */
export async function blockEmployee(actor: Actor, userId: number, version: number): Promise<void> {
	requireRight(actor, "employees.update");
	requireSelf(actor);
	await inTx((tx) => {
		const { login } = requireChangeableEmployee(tx, actor, userId, version);
		tx.sql("UPDATE users SET state = 'blocked', version = version + 1 WHERE id = ? AND account_id = ?").run(
			userId,
			actor.account.id,
		);
		endSessions(tx, { userId, accountId: actor.account.id });
		writeAudit(tx, actor, "employee.block", `user:${userId}`, { login });
	});
}
