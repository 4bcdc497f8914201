import { setImmediate as yieldTurn } from "node:timers/promises";
import { readBooks } from "#db/tx.ts";

/** Ids looked through at a stretch: under a millisecond of this process's time. */
const IDS_A_LOOK = 10_000;

/**
 * The first queued message of a sending campaign at or after `from`; null when there is none, or it is not sending. Looks in
 * slices, outside any write: going through a million rows must hold up nobody.
 */
export async function findQueued(of: { accountId: number; campaignId: number }, from: number): Promise<number | null> {
	for (let start = from; ; ) {
		const look = readBooks((tx) => {
			const campaign = tx
				.sql<{ first: number; count: number; queued: number }>(
					`SELECT c.first_message_id AS first, c.message_count AS count, n.queued FROM campaigns c
					 JOIN campaign_counters n ON n.campaign_id = c.id
					 WHERE c.id = ? AND c.account_id = ? AND c.state = 'sending'`,
				)
				.get(of.campaignId, of.accountId);
			if (!campaign || campaign.queued === 0) return "none";
			const end = campaign.first + campaign.count;
			const at = Math.max(start, campaign.first);
			if (at >= end) return "none";
			const upTo = Math.min(at + IDS_A_LOOK, end);
			const found = tx
				.sql<{ id: number }>("SELECT id FROM message_states WHERE id >= ? AND id < ? AND state = 0 ORDER BY id LIMIT 1")
				.get(at, upTo);
			return found ?? { goOnAt: upTo };
		});
		if (look === "none") return null;
		if ("id" in look) return look.id;
		start = look.goOnAt;
		await yieldTurn();
	}
}
