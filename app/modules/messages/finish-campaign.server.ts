import { putCampaignDone } from "#app/modules/notices/put-campaign-notice.server.ts";
import type { Tx } from "#db/tx.ts";

/** A sending campaign of which nothing is queued, claimed or still to be asked about is done. Receipts may still come. */
export function finishCampaign(tx: Tx, campaignId: number): boolean {
	const { changes } = tx
		.sql(
			`UPDATE campaigns SET state = 'done', finished_at_utc = ?, version = version + 1
			 WHERE id = ? AND state = 'sending'
			   AND EXISTS (SELECT 1 FROM campaign_counters c WHERE c.campaign_id = campaigns.id AND c.queued = 0 AND c.claimed = 0)
			   AND NOT EXISTS (SELECT 1 FROM claims WHERE claims.campaign_id = campaigns.id)`,
		)
		.run(Date.now(), campaignId);
	if (changes > 0) putCampaignDone(tx, campaignId);
	return changes > 0;
}
