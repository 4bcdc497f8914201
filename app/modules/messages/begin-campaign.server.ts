import { inTx } from "#db/tx.ts";
import { putOutbox } from "#jobs/outbox.ts";

/**
 * A scheduled campaign whose moment has come begins to be prepared. Too early, paused, cancelled or begun already: nothing
 * happens. The campaigns of a blocked account wait.
 */
export async function beginCampaign(of: { accountId: number; campaignId: number }): Promise<void> {
	await inTx((tx) => {
		const { changes } = tx
			.sql(
				`UPDATE campaigns SET state = 'preparing', started_at_utc = @now, version = version + 1
				 WHERE id = @campaignId AND account_id = @accountId AND state = 'scheduled' AND start_at_utc <= @now
				   AND EXISTS (SELECT 1 FROM accounts a WHERE a.id = campaigns.account_id AND a.state = 'active')`,
			)
			.run({ ...of, now: Date.now() });
		if (changes > 0) putOutbox(tx, { accountId: of.accountId, task: "prepare-campaign", payload: of });
	});
}
