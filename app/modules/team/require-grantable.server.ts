import type { Actor } from "#app/modules/access/actor.ts";
import type { Rights } from "#app/modules/access/rights.ts";
import { isSubset } from "#app/modules/access/rights.ts";
import type { Tx } from "#db/tx.ts";
import { granterReach, mayGrant, scopeLooker } from "./granter.server.ts";
import { areAccountsWithin, type Reach } from "./reach.ts";
import { type Role, requireRole } from "./require-role.server.ts";
import { ExceedsGranterError } from "./team.errors.ts";

/**
 * Nobody writes into a role what it lacks itself.
 *
 * @param kept rights that the role has already and the actor cannot use now: they stay as they are.
 * @throws ExceedsGranterError
 */
export function requireGrantable(tx: Tx, actor: Actor, wanted: Reach, kept: Rights = new Set()): void {
	const fresh = new Set([...wanted.rights].filter((right) => !kept.has(right)));
	if (!isSubset(fresh, actor.rights)) throw new ExceedsGranterError("rights");
	if (!areAccountsWithin(wanted.onlyAccountIds, granterReach(tx, actor), scopeLooker(tx, actor)))
		throw new ExceedsGranterError("accounts");
}

/**
 * A role that is to be given to somebody.
 *
 * @throws RoleNotFoundError, ExceedsGranterError
 */
export function requireGrantableRole(tx: Tx, actor: Actor, roleId: number): Role {
	const role = requireRole(tx, actor, roleId);
	if (!mayGrant(tx, actor, role)) throw new ExceedsGranterError("role");
	return role;
}
