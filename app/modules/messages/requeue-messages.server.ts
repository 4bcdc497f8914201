import type { Tx } from "#db/tx.ts";
import type { CounterDeltas } from "./counter-deltas.server.ts";
import { MESSAGE_STATE } from "./message-state.ts";
import { rejectStopped } from "./reject-stopped.server.ts";
import { withdrawRequeued } from "./withdraw-requeued.server.ts";

/**
 * Puts messages back that have surely not been handed over: claimed or unknown → queued, the one way down. Only the holder of
 * their claim may call it, in the transaction that ends the claim on them. What a receipt has moved meanwhile stays moved.
 *
 * What its person does not need any more, because the other leg has taken its place, is cancelled instead; who has been put on a stop list
 * meanwhile is not written to.
 *
 * @param isNewAttempt the id of this attempt is used up: the next try goes under another.
 */
export function requeueMessages(
	tx: Tx,
	first: number,
	count: number,
	isNewAttempt: boolean,
	deltas: CounterDeltas,
): void {
	const campaign = deltas.campaignOf(first);
	if (!campaign) return;
	const found = tx
		.sql<{ state: number; cause: number | null }>(
			"SELECT DISTINCT state, cause FROM message_states WHERE id BETWEEN ? AND ? AND state IN (1, 15)",
		)
		.all(first, first + count - 1);
	for (const from of found) {
		const { changes } = tx
			.sql(
				// Under the same id only this provider may have it: another takes it as a new attempt.
				`UPDATE message_states SET state = 0, cause = NULL, handed_at = NULL, attempt = attempt + @more,
				        provider_id = CASE WHEN @more = 1 THEN NULL ELSE provider_id END
				 WHERE id BETWEEN @first AND @last AND state = @state AND cause IS @cause`,
			)
			.run({ more: isNewAttempt ? 1 : 0, first, last: first + count - 1, state: from.state, cause: from.cause });
		deltas.move(campaign, from, { state: MESSAGE_STATE.queued, cause: null }, changes);
	}
	if (found.length === 0) return;
	withdrawRequeued(tx, campaign, first, first + count - 1, deltas);
	// Who was stopped while their message was in a worker's hands.
	rejectStopped(tx, campaign, first, first + count - 1, deltas);
}
