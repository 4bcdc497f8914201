import { type Counters, funnelOf } from "#app/modules/campaigns/campaign.ts";
import { COUNTER_COLUMNS } from "#app/modules/campaigns/counter-columns.ts";
import type { Tx } from "#db/tx.ts";
import type { Fallback } from "./second-figures.ts";

/** Of a campaign whose scope the caller has checked (getCampaign); null where it has no second leg. */
export function getFallback(tx: Tx, campaign: { id: number; accountId: number }): Fallback | null {
	const row = tx
		.sql<Omit<Fallback, "reasons" | "funnel"> & Counters & { reasons: string }>(
			`SELECT s.id, s.channel, s.sender, s.text, s.first_message_id AS firstMessageId, s.message_count AS messageCount, s.cause,
			        f.after_seconds AS afterSeconds, f.reasons, f.late, f.both, ${COUNTER_COLUMNS}
			   FROM fallbacks f JOIN campaigns s ON s.id = f.second_id AND s.account_id = f.account_id
			   JOIN campaign_counters n ON n.campaign_id = s.id AND n.account_id = s.account_id
			  WHERE f.campaign_id = ? AND f.account_id = ?`,
		)
		.get(campaign.id, campaign.accountId);
	if (!row) return null;
	const { id, channel, sender, text, firstMessageId, messageCount, afterSeconds, reasons, late, both, cause } = row;
	const leg = { id, channel, sender, text, firstMessageId, messageCount, afterSeconds, late, both, cause };
	return { ...leg, reasons: JSON.parse(reasons), funnel: funnelOf(row) };
}
