import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { coversOnly } from "#app/modules/charging/covers-only.server.ts";
import { tellDealer } from "#app/modules/charging/tell-dealer.server.ts";
import { inTx } from "#db/tx.ts";
import { beginsOnResume } from "./campaign.ts";
import { holdOrWait } from "./hold-or-wait.server.ts";
import { moveCampaign } from "./move-campaign.server.ts";
import { requireOwnCampaign, type Seen } from "./require-own-campaign.server.ts";

/**
 * A paused campaign goes on where it was. One that was scheduled for a moment that has passed meanwhile begins now: the page says
 * so before the button is pressed.
 *
 * @throws CampaignNotFoundError, StaleCampaignError, WrongCampaignStateError, AccountStoppedError; of one that begins now
 * PriceMissingError, OwingError, BalanceShortError, DealerShortError, CoverChangedError, FeeUnpaidError, SpendCapError,
 * WaitsForDealerError.
 * @param how.coverOnly where the balance is short for one that begins now, it goes to as many as that covers; left out: as it was started.
 * @param how.coverSeen the page said that it covers so many: it goes to no other number.
 */
export async function resumeCampaign(
	actor: Actor,
	campaignId: number,
	seen: Seen,
	how: { coverOnly?: boolean; coverSeen?: number } = {},
): Promise<void> {
	requireOwnRight(actor, "campaigns.update");
	const resume = inTx((tx) => {
		const now = Date.now();
		const campaign = requireOwnCampaign(tx, actor, campaignId, "resume", seen);
		if (beginsOnResume(campaign, now)) {
			const coverOnly = how.coverOnly ?? coversOnly(tx, campaign);
			if (!holdOrWait(tx, actor, campaign, { deed: "resume", coverOnly, coverSeen: how.coverSeen })) return;
			moveCampaign(tx, actor, campaign, "resume", { to: "preparing", startedAtUtc: now });
		} else moveCampaign(tx, actor, campaign, "resume", { to: campaign.pausedFrom ?? "sending" });
	});
	await tellDealer(resume, actor.account);
}
