import type { Actor } from "#app/modules/access/actor.ts";
import { hashNewPassword } from "#app/modules/access/hash-new-password.server.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { verifyPassword } from "#app/modules/access/verify-password.server.ts";
import { insertUser, LoginTakenError } from "#app/modules/accounts/insert-user.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import type { NewEmployeeInput } from "./employee.schema.ts";
import { requireGrantableRole } from "./require-grantable.server.ts";

/** For so long a form that comes again (a double click, a reload) is taken for the same one. */
const SAME_FORM_MS = 10 * 60_000;

/**
 * Makes a sign-in for an employee of the actor's account; returns its id. A form that is sent twice finds the one that it made.
 *
 * @throws Response 403; RoleNotFoundError, ExceedsGranterError, PasswordFlawError, LoginTakenError
 */
export async function createEmployee(actor: Actor, input: NewEmployeeInput & { password: string }): Promise<number> {
	requireRight(actor, "employees.create");
	requireSelf(actor);
	readBooks((tx) => requireGrantableRole(tx, actor, input.roleId));
	const { login, name } = input;
	const passwordHash = await hashNewPassword(input.password, { login, name, accountName: actor.account.name });
	try {
		return await inTx((tx) => {
			const role = requireGrantableRole(tx, actor, input.roleId);
			const { password: _, ...facts } = input;
			const userId = insertUser(tx, { ...facts, accountId: actor.account.id, passwordHash });
			writeAudit(tx, actor, "employee.create", `user:${userId}`, { login, name, role: role.name });
			return userId;
		});
	} catch (error) {
		if (!(error instanceof LoginTakenError)) throw error;
		const made = await madeJustNow(actor, input);
		if (made === undefined) throw error;
		return made;
	}
}

/** The employee that this form has made a moment ago. */
async function madeJustNow(actor: Actor, input: NewEmployeeInput & { password: string }): Promise<number | undefined> {
	const found = readBooks((tx) =>
		tx
			.sql<{ id: number; passwordHash: string }>(
				`SELECT id, password_hash AS passwordHash FROM users
				WHERE login = ? AND account_id = ? AND role = 'employee' AND role_id = ? AND created_at_utc > ?`,
			)
			.get(input.login, actor.account.id, input.roleId, Date.now() - SAME_FORM_MS),
	);
	return found && (await verifyPassword(input.password, found.passwordHash)) ? found.id : undefined;
}
