import type { Actor } from "#app/modules/access/actor.ts";
import { mayUndo } from "#app/modules/access/may-undo.server.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { requireDemandable } from "./require-demandable.server.ts";
import { DemandFromAboveError } from "./second-factor.errors.ts";

export interface Demand {
	isDemanded: boolean;
	/** The account that demanded it. */
	byAccountId: number | null;
}

/**
 * Demands a second factor of everybody of an account and of the whole branch below it, or lifts that demand. Takes hold at once:
 * who has none gets no further than the set-up page, in sessions that are open, too.
 *
 * @throws Response 403, also inside another's cabinet; AccountNotFoundError, DemandFromAboveError (lifting what an account above
 * the actor's demanded)
 */
export async function setDemand(actor: Actor, accountId: number, isDemanded: boolean): Promise<void> {
	await inTx((tx) => {
		const account = requireDemandable(tx, actor, accountId);
		const demand = demandOf(tx, accountId);
		const mayChange = !demand.isDemanded || mayUndo(tx, actor, account.path, demand.byAccountId);
		if (!mayChange && !isDemanded) throw new DemandFromAboveError();
		// What stands already stands; one who is further above makes it theirs.
		if (!mayChange || isUnchanged(demand, isDemanded, actor)) return;
		tx.sql(
			`UPDATE accounts SET demands_second_factor = ?, second_factor_demanded_by = ?, version = version + 1
			WHERE id = ? AND path = ?`,
		).run(isDemanded ? 1 : 0, isDemanded ? actor.account.id : null, accountId, account.path);
		const verb = isDemanded ? "second-factor.demand" : "second-factor.demand-off";
		writeAudit(tx, actor, verb, `account:${accountId}`, undefined, account.path);
	});
}

/** The account's own demand, whose place in the actor's scope the caller has checked. */
export function demandOf(tx: Tx, accountId: number): Demand {
	const row = tx
		.sql<{ isDemanded: number; byAccountId: number | null }>(
			`SELECT demands_second_factor AS isDemanded, second_factor_demanded_by AS byAccountId
			FROM accounts WHERE id = ?`,
		)
		.get(accountId)!;
	return { isDemanded: row.isDemanded === 1, byAccountId: row.byAccountId };
}

function isUnchanged(demand: Demand, isDemanded: boolean, actor: Actor): boolean {
	return demand.isDemanded === isDemanded && (!isDemanded || demand.byAccountId === actor.account.id);
}
