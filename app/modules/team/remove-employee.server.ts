import type { Actor } from "#app/modules/access/actor.ts";
import { endSessions } from "#app/modules/access/end-sessions.server.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { requireChangeableEmployee } from "./require-employee.server.ts";

/**
 * An employee has left for good: its personal data goes. The row stays with the login, which nobody else gets: the audit names one
 * person by it. A row without a password is of somebody who was removed.
 *
 * @throws Response 403; EmployeeNotFoundError, StaleTeamError
 */
export async function removeEmployee(actor: Actor, userId: number, version: number): Promise<void> {
	requireRight(actor, "employees.delete");
	requireSelf(actor);
	const accountId = actor.account.id;
	await inTx((tx) => {
		const { login } = requireChangeableEmployee(tx, actor, userId, version);
		tx.sql(
			`UPDATE users SET state = 'blocked', password_hash = '', role_id = NULL, name = '', email = '', phone = '', locale = NULL,
				time_zone = NULL, avatar_key = NULL, muted_notices = '[]', unseen_notices = 0, sealed_totp = NULL, totp_step = NULL,
				version = version + 1
			WHERE id = ? AND account_id = ?`,
		).run(userId, accountId);
		endSessions(tx, { userId, accountId: actor.account.id });
		for (const table of ["avatars", "recovery_codes", "notices"])
			tx.sql(`DELETE FROM ${table} WHERE user_id = ? AND account_id = ?`).run(userId, accountId);
		writeAudit(tx, actor, "employee.remove", `user:${userId}`, { login });
	});
}
