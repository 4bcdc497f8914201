import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { RIGHTS } from "#app/modules/access/rights.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { putNotice } from "#app/modules/notices/put-notice.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { findOnlyAccounts } from "./find-only-accounts.server.ts";
import { requireFreeName } from "./require-free-name.server.ts";
import { requireGrantable } from "./require-grantable.server.ts";
import { requireChangeableRole } from "./require-role.server.ts";
import type { RoleInput } from "./role.schema.ts";

/**
 * Changes a role; who has it is told. Rights of it that the actor cannot use now (since the account has lost them) stay written down,
 * for the day when it has them again.
 *
 * @param version what the page showed.
 * @throws Response 403; RoleNotFoundError, StaleTeamError, AccountsUnknownError, ExceedsGranterError, RoleNameTakenError
 */
export async function updateRole(actor: Actor, roleId: number, version: number, input: RoleInput): Promise<void> {
	requireRight(actor, "employees.update");
	requireSelf(actor);
	await inTx((tx) => {
		const role = requireChangeableRole(tx, actor, roleId, version);
		const kept = new Set([...role.rights].filter((right) => !actor.rights.has(right)));
		const rights = new Set(RIGHTS.filter((right) => input.rights.has(right) || kept.has(right)));
		const onlyAccountIds = input.only && findOnlyAccounts(tx, actor, input.only);
		requireGrantable(tx, actor, { rights, onlyAccountIds }, kept);
		requireFreeName(tx, actor, input.name, roleId);
		tx.sql(
			"UPDATE roles SET name = ?, rights = ?, only_account_ids = ?, version = version + 1 WHERE id = ? AND account_id = ?",
		).run(
			input.name,
			JSON.stringify([...rights]),
			onlyAccountIds && JSON.stringify(onlyAccountIds),
			roleId,
			actor.account.id,
		);
		writeAudit(tx, actor, "role.update", `role:${roleId}`, {
			name: input.name,
			given: [...rights].filter((right) => !role.rights.has(right)),
			taken: [...role.rights].filter((right) => !rights.has(right)),
			accounts: onlyAccountIds?.map(String) ?? null,
		});
		tellHolders(tx, actor.account.id, roleId, input.name);
	});
}

function tellHolders(tx: Tx, accountId: number, roleId: number, name: string): void {
	const holders = tx
		.sql<{ userId: number }>("SELECT id AS userId FROM users WHERE role_id = ? AND account_id = ?")
		.all(roleId, accountId);
	for (const { userId } of holders) putNotice(tx, { userId, accountId }, "role.changed", { role: name });
}
