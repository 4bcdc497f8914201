import type { Actor } from "#app/modules/access/actor.ts";
import { branchStanding } from "#app/modules/access/branch-standing.server.ts";
import type { Right } from "#app/modules/access/rights.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";
import type { Reach } from "./reach.ts";

/** A reach as a page shows it. */
export interface ReachShown {
	rights: Right[];
	/** Those of them that the account has not (any more): they do nothing. */
	lost: Right[];
	/** The accounts that it is limited to, as far as they are in the actor's own scope; null: it is limited to none. */
	only: { id: number; name: string; login: string }[] | null;
	/** Accounts of the condition that are out of the actor's reach. */
	others: number;
}

export function showReach(tx: Tx, actor: Actor, reach: Reach): ReachShown {
	const { rights: has } = branchStanding(tx, actor.account.path);
	const rights = [...reach.rights];
	const lost = rights.filter((right) => !has.has(right));
	if (reach.onlyAccountIds === null) return { rights, lost, only: null, others: 0 };
	const only = tx
		.sql<{ id: number; name: string; login: string }>(
			`SELECT a.id, a.name, a.owner_login AS login FROM json_each(@ids) i JOIN accounts a ON a.id = i.value
			WHERE ${IN_SCOPE} ORDER BY i.key`,
		)
		.all({ ids: JSON.stringify(reach.onlyAccountIds), scope: scopeOf(actor) });
	return { rights, lost, only, others: reach.onlyAccountIds.length - only.length };
}
