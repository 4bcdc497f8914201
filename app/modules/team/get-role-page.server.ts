import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight, requireSelf } from "#app/modules/access/require-right.ts";
import type { Right } from "#app/modules/access/rights.ts";
import type { Tx } from "#db/tx.ts";
import { showReach } from "./reach-shown.server.ts";
import { mayChangeRole, requireRole } from "./require-role.server.ts";
import { ROLE_TEMPLATES, type RoleTemplate } from "./role-templates.ts";

/** Every field of a role's form as it is typed. */
export interface RoleValues {
	name: string;
	rights: readonly string[];
	reach: string;
	only: string;
}

/**
 * A role with all that its page shows.
 *
 * @throws Response 403; RoleNotFoundError
 */
export function getRolePage(tx: Tx, actor: Actor, roleId: number) {
	requireRight(actor, "employees.read");
	const role = requireRole(tx, actor, roleId);
	const shown = showReach(tx, actor, role);
	const isUsed = tx.sql("SELECT 1 FROM users WHERE role_id = ? AND account_id = ?").get(roleId, actor.account.id);
	const values: RoleValues = {
		name: role.name,
		rights: shown.rights,
		reach: shown.only ? "only" : "all",
		only: shown.only?.map(({ id, login }) => login || id).join("\n") ?? "",
	};
	return {
		id: role.id,
		name: role.name,
		version: role.version,
		shown,
		values,
		isOwn: role.isOwn,
		isUsed: isUsed !== undefined,
		mayChange: mayChangeRole(tx, actor, role),
		grantable: grantableOf(actor),
		hasAccounts: actor.account.kind !== "client",
	};
}

/** What a new role's form begins with. */
export function newRoleFrame(actor: Actor, template: RoleTemplate | undefined) {
	requireRight(actor, "employees.create");
	requireSelf(actor);
	const rights: readonly Right[] = template ? ROLE_TEMPLATES[template] : [];
	return {
		grantable: grantableOf(actor),
		rights: rights.filter((right) => actor.rights.has(right)),
		hasAccounts: actor.account.kind !== "client",
	};
}

function grantableOf(actor: Actor): Right[] {
	return [...actor.rights];
}
