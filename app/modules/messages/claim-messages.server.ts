import type { Tx } from "#db/tx.ts";
import { newBatchId } from "#jobs/wire/batch-id.ts";
import { CounterDeltas } from "./counter-deltas.server.ts";
import { MESSAGE_STATE } from "./message-state.ts";

export interface Batch {
	batchId: number;
	campaignId: number;
	providerId: number;
	attempt: number;
	firstMessageId: number;
	/** E.164, in the order of the ids firstMessageId, +1, +2 … */
	recipients: string[];
}

/**
 * Claims the contiguous run of queued messages of a sending campaign that begins at or soon after `from` (find-queued tells
 * where). Null when there is none, or the campaign is not sending.
 *
 * @param size ids looked through, and messages claimed, at most.
 */
export function claimMessages(
	tx: Tx,
	want: { accountId: number; campaignId: number; providerId: number; owner: string; from: number; size: number },
): Batch | null {
	const campaign = tx
		.sql<{ first: number; count: number }>(
			"SELECT first_message_id AS first, message_count AS count FROM campaigns WHERE id = ? AND account_id = ? AND state = 'sending'",
		)
		.get(want.campaignId, want.accountId);
	if (!campaign) return null;
	const end = campaign.first + campaign.count;
	const from = Math.max(want.from, campaign.first);
	const start = tx
		.sql<{ id: number; attempt: number }>(
			"SELECT id, attempt FROM message_states WHERE id >= ? AND id < ? AND state = 0 ORDER BY id LIMIT 1",
		)
		.get(from, Math.min(from + want.size, end));
	if (!start) return null;
	// The run ends where a row is not queued, or is at another attempt.
	const limit = Math.min(start.id + want.size, end);
	const stop = tx
		.sql<{ id: number }>(
			"SELECT id FROM message_states WHERE id > ? AND id < ? AND (state <> 0 OR attempt <> ?) ORDER BY id LIMIT 1",
		)
		.get(start.id, limit, start.attempt);
	const count = (stop?.id ?? limit) - start.id;
	const last = start.id + count - 1;
	tx.sql("UPDATE message_states SET state = 1, provider_id = ? WHERE id BETWEEN ? AND ?").run(
		want.providerId,
		start.id,
		last,
	);
	const batchId = newBatchId();
	tx.sql(
		"INSERT INTO claims (batch_id, first_message_id, message_count, campaign_id, provider_id, owner, claimed_at_utc) VALUES (?, ?, ?, ?, ?, ?, ?)",
	).run(batchId, start.id, count, want.campaignId, want.providerId, want.owner, Date.now());
	const deltas = new CounterDeltas(tx);
	const queued = { state: MESSAGE_STATE.queued, cause: null };
	deltas.move(want, queued, { state: MESSAGE_STATE.claimed, cause: null }, count);
	deltas.write();
	const recipients = tx
		.sql<{ recipient: string }>("SELECT recipient FROM messages WHERE id BETWEEN ? AND ? ORDER BY id")
		.all(start.id, last)
		.map((row) => row.recipient);
	return {
		batchId,
		campaignId: want.campaignId,
		providerId: want.providerId,
		attempt: start.attempt,
		firstMessageId: start.id,
		recipients,
	};
}
