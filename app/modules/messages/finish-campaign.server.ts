import { putCampaignDone } from "#app/modules/notices/put-campaign-notice.server.ts";
import type { Tx } from "#db/tx.ts";

/**
 * A sending campaign of which nothing is queued, claimed or still to be asked about is done, with its second leg, once nobody can come
 * to need that any more. Either leg may be given. Receipts may still come.
 */
export function finishCampaign(tx: Tx, campaignId: number): boolean {
	const row = tx
		.sql<{ id: number }>("SELECT coalesce(fallback_of, id) AS id FROM campaigns WHERE id = ? AND state = 'sending'")
		.get(campaignId);
	if (!row) return false;
	const { changes } = tx
		.sql(
			`UPDATE campaigns SET state = 'done', cause = NULL, finished_at_utc = @now, version = version + 1
			 WHERE id = @id AND state = 'sending'
			   AND NOT EXISTS (SELECT 1 FROM fallback_looks k WHERE k.campaign_id = @id)
			   AND NOT EXISTS (SELECT 1 FROM campaigns leg JOIN campaign_counters n ON n.campaign_id = leg.id
			        WHERE (leg.id = @id OR leg.fallback_of = @id) AND (n.queued > 0 OR n.claimed > 0
			           OR EXISTS (SELECT 1 FROM claims WHERE claims.campaign_id = leg.id)))`,
		)
		.run({ now: Date.now(), id: row.id });
	if (changes > 0) putCampaignDone(tx, row.id);
	return changes > 0;
}
