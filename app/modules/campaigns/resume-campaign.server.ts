import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { inTx } from "#db/tx.ts";
import { moveCampaign } from "./move-campaign.server.ts";
import { requireOwnCampaign, type Seen } from "./require-own-campaign.server.ts";

/**
 * A paused campaign goes on where it was. One that was scheduled for a moment that has passed meanwhile begins now: the page says
 * so before the button is pressed.
 *
 * @throws CampaignNotFoundError, StaleCampaignError, WrongCampaignStateError, AccountStoppedError.
 */
export async function resumeCampaign(actor: Actor, campaignId: number, seen: Seen): Promise<void> {
	requireOwnRight(actor, "campaigns.update");
	await inTx((tx) => {
		const now = Date.now();
		const campaign = requireOwnCampaign(tx, actor, campaignId, "resume", seen);
		const isLate = campaign.pausedFrom === "scheduled" && (campaign.startAtUtc ?? 0) <= now;
		if (isLate) moveCampaign(tx, actor, campaign, "resume", { to: "preparing", startedAtUtc: now });
		else moveCampaign(tx, actor, campaign, "resume", { to: campaign.pausedFrom ?? "sending" });
	});
}
