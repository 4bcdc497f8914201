import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { tellDealer } from "#app/modules/charging/tell-dealer.server.ts";
import { getFallback } from "#app/modules/fallback/get-fallback.server.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { mayUseSender } from "./allowed-senders.server.ts";
import {
	AudienceNotReadyError,
	EmptyAudienceError,
	SenderNotAllowedError,
	StartPassedError,
} from "./campaign.errors.ts";
import type { Campaign } from "./campaign.ts";
import { holdOrWait } from "./hold-or-wait.server.ts";
import { moveCampaign } from "./move-campaign.server.ts";
import { requireOwnCampaign, type Seen } from "./require-own-campaign.server.ts";

/**
 * Starts a draft: it is scheduled for its moment, or preparing at once when it has none; or it waits for whoever is above the account, where
 * it is many times more than that usually sends.
 *
 * @throws CampaignNotFoundError, StaleCampaignError, WrongCampaignStateError, AudienceNotReadyError, EmptyAudienceError,
 * SenderNotAllowedError, StartPassedError, AccountStoppedError; of one that begins at once PriceMissingError, OwingError, BalanceShortError,
 * DealerShortError, CoverChangedError, FeeUnpaidError, SpendCapError.
 * @param how.coverOnly where the balance is short when it begins, it goes to as many as that covers.
 * @param how.coverSeen the page said that it covers so many: one that begins at once goes to no other number.
 */
export async function startCampaign(
	actor: Actor,
	campaignId: number,
	seen: Seen,
	how: { coverOnly?: boolean; coverSeen?: number } = {},
): Promise<void> {
	requireOwnRight(actor, "campaigns.update");
	const start = inTx((tx) => {
		const now = Date.now();
		const campaign = requireOwnCampaign(tx, actor, campaignId, "start", seen);
		requireAudience(tx, campaign);
		for (const { channel, sender: name } of [campaign, getFallback(tx, campaign)].filter((leg) => leg !== null))
			if (!mayUseSender(tx, actor, { channel, name })) throw new SenderNotAllowedError(name);
		const coverOnly = how.coverOnly ?? false;
		tx.sql("UPDATE campaigns SET cover_only = ? WHERE id = ? AND account_id = ?").run(
			coverOnly ? 1 : 0,
			campaign.id,
			campaign.accountId,
		);
		if (campaign.startAtUtc === null) {
			if (!holdOrWait(tx, actor, campaign, { deed: "start", coverOnly, coverSeen: how.coverSeen })) return;
			moveCampaign(tx, actor, campaign, "start", { to: "preparing", startedAtUtc: now });
			return;
		}
		// Not sent at once instead: who wrote "tomorrow at ten" a week ago may not want it any more.
		if (campaign.startAtUtc <= now) throw new StartPassedError(`was to start at ${campaign.startAtUtc}`);
		moveCampaign(tx, actor, campaign, "start", { to: "scheduled" });
	});
	await tellDealer(start, actor.account);
}

function requireAudience(tx: Tx, campaign: Campaign): void {
	const collection = tx
		.sql<{ state: string; validCount: number }>(
			"SELECT state, valid_count AS validCount FROM collections WHERE id = ? AND account_id = ?",
		)
		.get(campaign.collectionId, campaign.accountId);
	if (collection?.state !== "ready") throw new AudienceNotReadyError(`the audience is ${collection?.state}`);
	if (collection.validCount === 0) throw new EmptyAudienceError("no valid number");
}
