import type { Actor } from "#app/modules/access/actor.ts";
import { ALL_RIGHTS, readRights } from "#app/modules/access/rights.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";
import { isWithin, type Reach } from "./reach.ts";

/**
 * What the actor may hand on at all. An owner: whatever its account has or comes to have again. An employee: its own role as it is
 * written down, so that nobody who was given a right that the account has lost stands above it once the account has it again.
 */
export function granterReach(tx: Tx, actor: Actor): Reach {
	if (actor.role === "owner") return { rights: ALL_RIGHTS, onlyAccountIds: null };
	const role = tx
		.sql<{ rights: string; onlyAccountIds: string | null }>(
			`SELECT r.rights, r.only_account_ids AS onlyAccountIds FROM users u
			JOIN roles r ON r.id = u.role_id AND r.account_id = u.account_id WHERE u.id = ? AND u.account_id = ?`,
		)
		.get(actor.userId, actor.account.id);
	return readReach(role?.rights ?? null, role?.onlyAccountIds ?? null, role !== undefined);
}

/** The reach of a stored role; of nobody's role, nothing at all. */
export function readReach(rights: string | null, onlyAccountIds: string | null, isThere = rights !== null): Reach {
	if (!isThere) return { rights: new Set(), onlyAccountIds: [] };
	return {
		rights: readRights(rights ?? "[]"),
		onlyAccountIds: onlyAccountIds === null ? null : (JSON.parse(onlyAccountIds) as number[]),
	};
}

/** Whether the actor may give, change or take over what this reach is. */
export function mayGrant(tx: Tx, actor: Actor, reach: Reach): boolean {
	return isWithin(reach, granterReach(tx, actor), scopeLooker(tx, actor));
}

/** Looks an account up in the actor's scope. */
export function scopeLooker(tx: Tx, actor: Actor): (accountId: number) => boolean {
	const scope = scopeOf(actor);
	return (id) => tx.sql(`SELECT 1 FROM accounts a WHERE a.id = @id AND ${IN_SCOPE}`).get({ id, scope }) !== undefined;
}
