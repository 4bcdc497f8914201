import type { Actor } from "#app/modules/access/actor.ts";
import { givePassword } from "#app/modules/access/give-password.server.ts";
import { hashNewPassword } from "#app/modules/access/hash-new-password.server.ts";
import { passwordHashOf } from "#app/modules/access/password-hash-of.server.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { verifyPassword } from "#app/modules/access/verify-password.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { requireChangeableEmployee } from "./require-employee.server.ts";

/**
 * Gives an employee a new password; it is signed out everywhere, and told. A password that it has already (a form that was sent twice)
 * changes nothing.
 *
 * @throws Response 403; EmployeeNotFoundError, PasswordFlawError
 */
export async function setEmployeePassword(actor: Actor, userId: number, password: string): Promise<void> {
	requireRight(actor, "employees.update");
	requireSelf(actor);
	const accountId = actor.account.id;
	const { login, name, before } = readBooks((tx) => ({
		...requireChangeableEmployee(tx, actor, userId),
		before: passwordHashOf(tx, { userId, accountId }),
	}));
	if (await verifyPassword(password, before)) return;
	const passwordHash = await hashNewPassword(password, { login, name, accountName: actor.account.name });
	await inTx((tx) => {
		requireChangeableEmployee(tx, actor, userId);
		givePassword(tx, { userId, accountId, login }, passwordHash, "account");
		writeAudit(tx, actor, "employee.password", `user:${userId}`, { login });
	});
}
