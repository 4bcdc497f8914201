import { CAUSES } from "#app/channels/causes.ts";
import type { Tx } from "#db/tx.ts";
import type { CounterDeltas } from "./counter-deltas.server.ts";
import { MESSAGE_STATE } from "./message-state.ts";
import { moveCharges } from "./move-charges.server.ts";
import { stopListsOf } from "./stop-lists.server.ts";

export const QUEUED = { state: MESSAGE_STATE.queued, cause: null };
export const STOPPED = { state: MESSAGE_STATE.rejected, cause: CAUSES.on_stop_list };

/**
 * Of a campaign's messages firstId … lastId, which have just been queued, rejects those to people who are on a stop list over it: they
 * show in figures and lists, and are never sent. One statement where the lists are empty.
 */
export function rejectStopped(
	tx: Tx,
	of: { accountId: number; campaignId: number },
	firstId: number,
	lastId: number,
	deltas: CounterDeltas,
): void {
	const { channel, sender, lists } = stopListsOf(tx, of);
	if (lists.length === 0) return;
	const ids = tx
		.sql<{ id: number }>(
			// The plus: a person is on no list mostly, and then one look by the number is all.
			`UPDATE message_states SET state = ${STOPPED.state}, cause = ${STOPPED.cause} WHERE state = 0 AND id IN (
			   SELECT m.id FROM messages m CROSS JOIN stops s ON s.recipient = m.recipient
			    WHERE m.id BETWEEN @firstId AND @lastId AND s.lifted_at_utc IS NULL
			      AND +s.account_id IN (SELECT value FROM json_each(@lists))
			      AND +s.channel IN ('', @channel) AND +s.sender IN ('', @sender)) RETURNING id`,
		)
		.all({ firstId, lastId, lists: JSON.stringify(lists.map(({ listId }) => listId)), channel, sender })
		.map(({ id }) => id);
	deltas.move(of, QUEUED, STOPPED, ids.length);
	moveCharges(tx, { ids, from: QUEUED.state, to: STOPPED.state }, deltas);
}
