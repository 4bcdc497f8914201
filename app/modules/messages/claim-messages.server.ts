import type { Tx } from "#db/tx.ts";
import { newBatchId } from "#jobs/wire/batch-id.ts";
import { CounterDeltas } from "./counter-deltas.server.ts";
import { MESSAGE_STATE } from "./message-state.ts";
import { queuedStart } from "./queued-start.server.ts";

export interface Batch {
	batchId: number;
	campaignId: number;
	providerId: number;
	attempt: number;
	firstMessageId: number;
	/** E.164, in the order of the ids firstMessageId, +1, +2 … */
	recipients: string[];
}

export interface ClaimWish {
	accountId: number;
	campaignId: number;
	providerId: number;
	owner: string;
	from: number;
	/** Ids looked through, and messages claimed, at most. */
	size: number;
	/** Whether a recipient may go with the first of the run; all may without it. */
	goesAlong?: (recipient: string) => boolean;
}

/**
 * Claims the contiguous run of queued messages of a sending campaign that begins at or soon after `from` (find-queued tells
 * where). Null when there is none, or the campaign is not sending. What another provider had before goes under a new attempt.
 */
export function claimMessages(tx: Tx, want: ClaimWish): Batch | null {
	const start = queuedStart(tx, want);
	if (!start) return null;
	// The run ends where a row is not queued, is at another attempt, or was another provider's.
	const limit = Math.min(start.id + want.size, start.end);
	const stop = tx
		.sql<{ id: number }>(
			"SELECT id FROM message_states WHERE id > ? AND id < ? AND (state <> 0 OR attempt <> ? OR provider_id IS NOT ?) ORDER BY id LIMIT 1",
		)
		.get(start.id, limit, start.attempt, start.providerId);
	let recipients = tx
		.sql<{ recipient: string }>("SELECT recipient FROM messages WHERE id >= ? AND id < ? ORDER BY id")
		.all(start.id, stop?.id ?? limit)
		.map((row) => row.recipient);
	const apart = want.goesAlong ? recipients.findIndex((recipient) => !want.goesAlong?.(recipient)) : -1;
	if (apart > 0) recipients = recipients.slice(0, apart);
	const count = recipients.length;
	const isOthers = start.providerId !== null && start.providerId !== want.providerId;
	const attempt = start.attempt + (isOthers ? 1 : 0);
	tx.sql("UPDATE message_states SET state = 1, provider_id = ?, attempt = ? WHERE id BETWEEN ? AND ?").run(
		want.providerId,
		attempt,
		start.id,
		start.id + count - 1,
	);
	const batchId = newBatchId();
	tx.sql(
		"INSERT INTO claims (batch_id, first_message_id, message_count, campaign_id, provider_id, owner, claimed_at_utc) VALUES (?, ?, ?, ?, ?, ?, ?)",
	).run(batchId, start.id, count, want.campaignId, want.providerId, want.owner, Date.now());
	const deltas = new CounterDeltas(tx);
	const queued = { state: MESSAGE_STATE.queued, cause: null };
	deltas.move(want, queued, { state: MESSAGE_STATE.claimed, cause: null }, count);
	deltas.write();
	return {
		batchId,
		campaignId: want.campaignId,
		providerId: want.providerId,
		attempt,
		firstMessageId: start.id,
		recipients,
	};
}
