import { PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, scopeOf } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";
import { findWait, WAIT_COLUMNS, type Wait } from "./find-wait.server.ts";

/** Campaigns of accounts below that wait for somebody above, newest first, 50 a page. @throws Response 403 */
export function listWaits(
	tx: Tx,
	actor: Actor,
	after?: number,
): { rows: Omit<Wait, "isWaiting">[]; nextAfter: number | null } {
	requireRight(actor, "accounts.read");
	const rows = tx
		.sql<Omit<Wait, "isWaiting">>(
			// Of all that ever were, the few that nobody has decided.
			`SELECT ${WAIT_COLUMNS} FROM limit_waits w INDEXED BY limit_waits_open JOIN campaigns c ON c.id = w.campaign_id AND c.account_id = w.account_id
			   JOIN accounts a ON a.id = w.account_id
			  WHERE w.decision IS NULL AND w.campaign_id < @after AND c.state = 'paused' AND c.cause = 'volume_brake' AND a.id <> @ownId
			    AND ${IN_SCOPE} ORDER BY w.campaign_id DESC LIMIT ${PAGE_ROWS + 1}`,
		)
		.all({ after: after ?? Number.MAX_SAFE_INTEGER, ownId: actor.account.id, scope: scopeOf(actor) });
	const page = rows.slice(0, PAGE_ROWS);
	return { rows: page, nextAfter: rows.length > PAGE_ROWS ? page.at(-1)!.campaignId : null };
}

/** One of them, also after it was decided. @throws Response 403; WaitNotFoundError */
export function getWait(tx: Tx, actor: Actor, campaignId: number): Wait {
	requireRight(actor, "accounts.read");
	return findWait(tx, actor, campaignId);
}
