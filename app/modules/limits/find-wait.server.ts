import type { Actor } from "#app/modules/access/actor.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";
import { WaitNotFoundError } from "./limits.errors.ts";

/** A campaign of an account below that the brake has stopped. */
export interface Wait {
	campaignId: number;
	name: string;
	accountId: number;
	accountName: string;
	accountPath: string;
	people: number;
	/** Of that day, before it. */
	dayMessages: number;
	allowed: number;
	atUtc: number;
	decision: "released" | "kept" | null;
	/** It still stands where the brake has put it. */
	isWaiting: boolean;
}

/** As selected of `limit_waits w`, `campaigns c`, `accounts a`. */
export const WAIT_COLUMNS = `w.campaign_id AS campaignId, c.name, a.id AS accountId, a.name AS accountName, a.path AS accountPath, w.people,
	w.day_messages AS dayMessages, w.allowed, w.at_utc AS atUtc, w.decision,
	c.state = 'paused' AND c.cause IN ('volume_brake', 'volume_kept') AS isWaiting`;

/**
 * A stopped campaign of an account that the actor stands above.
 *
 * @throws WaitNotFoundError, also for one of the own account: nobody releases itself.
 */
export function findWait(tx: Tx, actor: Actor, campaignId: number): Wait {
	const wait = tx
		.sql<Omit<Wait, "isWaiting"> & { isWaiting: number }>(
			`SELECT ${WAIT_COLUMNS} FROM limit_waits w JOIN campaigns c ON c.id = w.campaign_id AND c.account_id = w.account_id
			   JOIN accounts a ON a.id = w.account_id WHERE w.campaign_id = @campaignId AND a.id <> @ownId AND ${IN_SCOPE}`,
		)
		.get({ campaignId, ownId: actor.account.id, scope: scopeOf(actor) });
	if (!wait) throw new WaitNotFoundError(`no campaign ${campaignId} waits`);
	return { ...wait, isWaiting: wait.isWaiting === 1 };
}
