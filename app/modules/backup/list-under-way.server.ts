import type { Tx } from "#db/tx.ts";

export const UNDER_WAY_SHOWN = 200;

export interface UnderWay {
	id: number;
	accountId: number;
	accountName: string;
	name: string;
	state: "scheduled" | "preparing" | "sending" | "paused";
	startAtUtc: number | null;
	/** People who, by these books, are still to be written to. */
	queued: number;
}

const OPEN = "c.fallback_of IS NULL AND c.state IN ('scheduled', 'preparing', 'sending', 'paused')";

/** Campaigns that had begun or were about to, and are not done; the newest first, at most 200. For whoever answers for the whole installation. */
export function listUnderWay(tx: Tx): { campaigns: UnderWay[]; count: number } {
	const campaigns = tx
		.sql<UnderWay>(
			`SELECT c.id, c.account_id AS accountId, a.name AS accountName, c.name, c.state, c.start_at_utc AS startAtUtc,
			        coalesce(n.queued + n.claimed, 0) AS queued
			   FROM campaigns c JOIN accounts a ON a.id = c.account_id LEFT JOIN campaign_counters n ON n.campaign_id = c.id
			  WHERE ${OPEN} ORDER BY c.id DESC LIMIT ${UNDER_WAY_SHOWN}`,
		)
		.all();
	const count = tx.sql(`SELECT count(*) FROM campaigns c WHERE ${OPEN}`).pluck().get() as number;
	return { campaigns, count };
}
