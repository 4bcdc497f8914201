import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { putNotice } from "#app/modules/notices/put-notice.server.ts";
import { inTx } from "#db/tx.ts";
import type { EmployeeInput } from "./employee.schema.ts";
import { requireChangeableEmployee } from "./require-employee.server.ts";
import { requireGrantableRole } from "./require-grantable.server.ts";

/**
 * Changes what is known of an employee, or its role; of another role it is told.
 *
 * @param version what the page showed.
 * @throws Response 403; EmployeeNotFoundError, StaleTeamError, RoleNotFoundError, ExceedsGranterError
 */
export async function updateEmployee(
	actor: Actor,
	userId: number,
	version: number,
	input: EmployeeInput,
): Promise<void> {
	requireRight(actor, "employees.update");
	requireSelf(actor);
	const accountId = actor.account.id;
	await inTx((tx) => {
		const employee = requireChangeableEmployee(tx, actor, userId, version);
		const role = requireGrantableRole(tx, actor, input.roleId);
		const { name, email, phone } = input;
		tx.sql(
			"UPDATE users SET name = ?, email = ?, phone = ?, role_id = ?, version = version + 1 WHERE id = ? AND account_id = ?",
		).run(name, email, phone, role.id, userId, accountId);
		const hasNewRole = role.id !== employee.roleId;
		writeAudit(tx, actor, "employee.update", `user:${userId}`, { login: employee.login, role: role.name });
		if (hasNewRole) putNotice(tx, { userId, accountId }, "role.changed", { role: role.name });
	});
}
