import type { Tx } from "#db/tx.ts";

/** Where the next run of queued messages of a campaign begins. */
export interface QueuedStart {
	id: number;
	attempt: number;
	/** Who had it last, or was about to; null: nobody, or its next attempt is anybody's. */
	providerId: number | null;
	recipient: string;
	/** The id after the campaign's last. */
	end: number;
}

/** The first queued message of a sending campaign among the `size` ids from `from` on; null when there is none, or it is not sending. */
export function queuedStart(
	tx: Tx,
	want: { accountId: number; campaignId: number; from: number; size: number },
): QueuedStart | null {
	const campaign = tx
		.sql<{ first: number; count: number }>(
			"SELECT first_message_id AS first, message_count AS count FROM campaigns WHERE id = ? AND account_id = ? AND state = 'sending'",
		)
		.get(want.campaignId, want.accountId);
	if (!campaign) return null;
	const end = campaign.first + campaign.count;
	const from = Math.max(want.from, campaign.first);
	const start = tx
		.sql<Omit<QueuedStart, "end">>(
			`SELECT s.id, s.attempt, s.provider_id AS providerId, m.recipient FROM message_states s JOIN messages m ON m.id = s.id
			 WHERE s.id >= ? AND s.id < ? AND s.state = 0 ORDER BY s.id LIMIT 1`,
		)
		.get(from, Math.min(from + want.size, end));
	return start ? { ...start, end } : null;
}
