import type { Actor } from "#app/modules/access/actor.ts";
import { endSessions } from "#app/modules/access/end-sessions.server.ts";
import { findPasswordFlaw } from "#app/modules/access/find-password-flaw.server.ts";
import { hashPassword } from "#app/modules/access/hash-password.server.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { putNotice } from "#app/modules/notices/put-notice.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { requireChangeableEmployee } from "./require-employee.server.ts";
import { WeakPasswordError } from "./team.errors.ts";

/**
 * Gives an employee a new password; it is signed out everywhere, and told.
 *
 * @throws Response 403; EmployeeNotFoundError, WeakPasswordError
 */
export async function setEmployeePassword(actor: Actor, userId: number, password: string): Promise<void> {
	requireRight(actor, "employees.update");
	requireSelf(actor);
	const { login, name } = readBooks((tx) => requireChangeableEmployee(tx, actor, userId));
	const flaw = await findPasswordFlaw(password, { login, name, accountName: actor.account.name });
	if (flaw) throw new WeakPasswordError(flaw);
	const passwordHash = await hashPassword(password);
	const accountId = actor.account.id;
	await inTx((tx) => {
		requireChangeableEmployee(tx, actor, userId);
		tx.sql("UPDATE users SET password_hash = ?, version = version + 1 WHERE id = ? AND account_id = ?").run(
			passwordHash,
			userId,
			accountId,
		);
		endSessions(tx, { userId: userId, accountId: actor.account.id });
		writeAudit(tx, actor, "employee.password", `user:${userId}`, { login });
		putNotice(tx, { userId, accountId }, "password.changed", { by: "account" });
	});
}
