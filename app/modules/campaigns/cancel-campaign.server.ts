import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { inTx } from "#db/tx.ts";
import { moveCampaign } from "./move-campaign.server.ts";
import { requireOwnCampaign, type Seen } from "./require-own-campaign.server.ts";

/**
 * Cancels a campaign for good. What is still queued is cancelled by the job cancel-rest; what is in a provider's hands goes its way.
 * An audience that is still being read is read no further.
 *
 * @throws CampaignNotFoundError, StaleCampaignError, WrongCampaignStateError.
 */
export async function cancelCampaign(actor: Actor, campaignId: number, seen: Seen): Promise<void> {
	requireOwnRight(actor, "campaigns.delete");
	await inTx((tx) => {
		const campaign = requireOwnCampaign(tx, actor, campaignId, "cancel", seen);
		moveCampaign(tx, actor, campaign, "cancel", { to: "cancelled", finishedAtUtc: Date.now() });
		tx.sql(
			`UPDATE collections SET state = 'failed', failure = 'reading_cancelled'
			  WHERE id = ? AND account_id = ? AND kind = 'one_off' AND state = 'reading'`,
		).run(campaign.collectionId, campaign.accountId);
	});
}
