import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { mayGrant, readReach } from "./granter.server.ts";
import { ROLES_MAX } from "./role.schema.ts";

export interface ListedRole {
	id: number;
	name: string;
	/** Rights that it names, and accounts that it is limited to; null: all. */
	rightCount: number;
	accountCount: number | null;
	/** People who have it. */
	people: number;
	/** Whether the actor may give it to somebody. */
	canGive: boolean;
}

/** The roles of the actor's account by name; there are ROLES_MAX at most. */
export function listRoles(tx: Tx, actor: Actor): ListedRole[] {
	requireRight(actor, "employees.read");
	return tx
		.sql<{ id: number; name: string; rights: string; onlyAccountIds: string | null; people: number }>(
			`SELECT r.id, r.name, r.rights, r.only_account_ids AS onlyAccountIds,
				(SELECT count(*) FROM users u WHERE u.role_id = r.id AND u.account_id = r.account_id) AS people
			FROM roles r WHERE r.account_id = ? ORDER BY r.name LIMIT ?`,
		)
		.all(actor.account.id, ROLES_MAX)
		.map(({ rights, onlyAccountIds, ...row }) => {
			const reach = readReach(rights, onlyAccountIds);
			return {
				...row,
				rightCount: reach.rights.size,
				accountCount: reach.onlyAccountIds?.length ?? null,
				canGive: mayGrant(tx, actor, reach),
			};
		});
}
