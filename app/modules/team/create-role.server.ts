import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { findOnlyAccounts } from "./find-only-accounts.server.ts";
import { requireFreeName } from "./require-free-name.server.ts";
import { requireGrantable } from "./require-grantable.server.ts";
import { ROLES_MAX, type RoleInput } from "./role.schema.ts";
import { TooManyRolesError } from "./team.errors.ts";

/**
 * Makes a role of the actor's account; returns its id.
 *
 * @throws Response 403; AccountsUnknownError, ExceedsGranterError, RoleNameTakenError, TooManyRolesError
 */
export async function createRole(actor: Actor, input: RoleInput): Promise<number> {
	requireRight(actor, "employees.create");
	requireSelf(actor);
	const accountId = actor.account.id;
	return inTx((tx) => {
		const onlyAccountIds = input.only && findOnlyAccounts(tx, actor, input.only);
		requireGrantable(tx, actor, { rights: input.rights, onlyAccountIds });
		requireFreeName(tx, actor, input.name);
		const { n } = tx.sql<{ n: number }>("SELECT count(*) AS n FROM roles WHERE account_id = ?").get(accountId)!;
		if (n >= ROLES_MAX) throw new TooManyRolesError();
		const { lastInsertRowid } = tx
			.sql("INSERT INTO roles (account_id, name, rights, only_account_ids, created_at_utc) VALUES (?, ?, ?, ?, ?)")
			.run(
				accountId,
				input.name,
				JSON.stringify([...input.rights]),
				onlyAccountIds && JSON.stringify(onlyAccountIds),
				Date.now(),
			);
		const detail = { name: input.name, rights: [...input.rights], accounts: onlyAccountIds?.map(String) ?? null };
		writeAudit(tx, actor, "role.create", `role:${lastInsertRowid}`, detail);
		return Number(lastInsertRowid);
	});
}
