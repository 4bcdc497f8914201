import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { inTx } from "#db/tx.ts";
import type { PausedFrom } from "./campaign.ts";
import { moveCampaign } from "./move-campaign.server.ts";
import { requireOwnCampaign, type Seen } from "./require-own-campaign.server.ts";

/**
 * Pauses a campaign that is scheduled, preparing or sending. What is in a provider's hands goes its way.
 *
 * @throws CampaignNotFoundError, StaleCampaignError, WrongCampaignStateError.
 */
export async function pauseCampaign(actor: Actor, campaignId: number, seen: Seen): Promise<void> {
	requireOwnRight(actor, "campaigns.update");
	await inTx((tx) => {
		const campaign = requireOwnCampaign(tx, actor, campaignId, "pause", seen);
		moveCampaign(tx, actor, campaign, "pause", { to: "paused", pausedFrom: campaign.state as PausedFrom });
	});
}
