import type { Tx } from "#db/tx.ts";
import { CounterDeltas } from "./counter-deltas.server.ts";
import { moveCharges } from "./move-charges.server.ts";
import { QUEUED, STOPPED } from "./reject-stopped.server.ts";
import { type StopLists, stopListsOf } from "./stop-lists.server.ts";

/** Entries of stop lists that one transaction looks at: a few ms. */
export const STOPS_A_LOOK = 1_000;

/**
 * Called in the transaction that claims: rejects what is queued of the campaign to people who were stopped since it last looked. It costs
 * one statement where nobody was; otherwise a look-up by key for each new entry, once in a campaign.
 *
 * @returns whether all entries were looked at; if not, nothing may be claimed yet.
 */
export function rejectNewlyStopped(tx: Tx, of: { accountId: number; campaignId: number }): boolean {
	const over = stopListsOf(tx, of);
	let left = STOPS_A_LOOK;
	for (const list of over.lists) {
		if (list.newestId <= list.seenId) continue;
		if (left === 0) return false;
		const { upTo, count } = tx
			.sql<{ upTo: number; count: number }>(
				`SELECT max(id) AS upTo, count(*) AS count FROM (
				   SELECT id FROM stops WHERE account_id = ? AND lifted_at_utc IS NULL AND id > ? ORDER BY id LIMIT ?)`,
			)
			.get(list.listId, list.seenId, left)!;
		rejectOf(tx, of, over, { listId: list.listId, after: list.seenId, upTo });
		tx.sql(
			`INSERT INTO stop_watches (campaign_id, account_id, list_id, seen_id) VALUES (?, ?, ?, ?)
			 ON CONFLICT (campaign_id, list_id) DO UPDATE SET seen_id = excluded.seen_id`,
		).run(of.campaignId, of.accountId, list.listId, upTo);
		if (upTo < list.newestId) return false;
		left -= count;
	}
	return true;
}

function rejectOf(
	tx: Tx,
	of: { accountId: number; campaignId: number },
	{ channel, sender }: StopLists,
	look: { listId: number; after: number; upTo: number },
): void {
	const ids = tx
		.sql<{ id: number }>(
			`UPDATE message_states SET state = ${STOPPED.state}, cause = ${STOPPED.cause} WHERE state = 0 AND id IN (
			   SELECT m.id FROM stops s CROSS JOIN messages m ON m.campaign_id = @campaignId AND m.recipient = s.recipient
			    WHERE s.account_id = @listId AND s.lifted_at_utc IS NULL AND s.id > @after AND s.id <= @upTo
			      AND s.channel IN ('', @channel) AND s.sender IN ('', @sender)) RETURNING id`,
		)
		.all({ campaignId: of.campaignId, channel, sender, ...look })
		.map(({ id }) => id);
	const deltas = new CounterDeltas(tx);
	deltas.move(of, QUEUED, STOPPED, ids.length);
	moveCharges(tx, { ids, from: QUEUED.state, to: STOPPED.state }, deltas);
	deltas.write();
}
