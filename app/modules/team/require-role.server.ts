import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { mayGrant, readReach } from "./granter.server.ts";
import type { Reach } from "./reach.ts";
import { RoleNotFoundError, StaleTeamError } from "./team.errors.ts";

export interface Role extends Reach {
	id: number;
	name: string;
	version: number;
	/** Whether it is the actor's own. */
	isOwn: boolean;
}

/** @throws RoleNotFoundError for one that is not the actor's account's. */
export function requireRole(tx: Tx, actor: Actor, roleId: number): Role {
	const row = tx
		.sql<{ id: number; name: string; rights: string; onlyAccountIds: string | null; version: number; isOwn: number }>(
			`SELECT r.id, r.name, r.rights, r.only_account_ids AS onlyAccountIds, r.version,
				EXISTS (SELECT 1 FROM users u WHERE u.id = @userId AND u.account_id = r.account_id AND u.role_id = r.id) AS isOwn
			FROM roles r WHERE r.id = @roleId AND r.account_id = @accountId`,
		)
		.get({ roleId, accountId: actor.account.id, userId: actor.userId });
	if (!row) throw new RoleNotFoundError(`no role ${roleId}`);
	return { ...row, ...readReach(row.rights, row.onlyAccountIds), isOwn: row.isOwn === 1 };
}

/** Whether the actor may change or delete a role: not its own, and none that is more than its own. */
export function mayChangeRole(tx: Tx, actor: Actor, role: Role): boolean {
	return actor.behindUserId === null && !role.isOwn && mayGrant(tx, actor, role);
}

/**
 * A role to be changed or deleted.
 *
 * @param version what the page showed.
 * @throws RoleNotFoundError, StaleTeamError; Response 403 for a role that is not the actor's to change.
 */
export function requireChangeableRole(tx: Tx, actor: Actor, roleId: number, version: number): Role {
	const role = requireRole(tx, actor, roleId);
	if (!mayChangeRole(tx, actor, role)) throw new Response(null, { status: 403 });
	if (role.version !== version) throw new StaleTeamError(`version ${role.version}`);
	return role;
}
