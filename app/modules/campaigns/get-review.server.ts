import type { Actor } from "#app/modules/access/actor.ts";
import { getAudience, listRejects } from "#app/modules/audiences/audience.queries.server.ts";
import { getFallback } from "#app/modules/fallback/get-fallback.server.ts";
import type { Tx } from "#db/tx.ts";
import { CampaignNotFoundError } from "./campaign.errors.ts";
import { getCampaign } from "./campaign.queries.server.ts";
import { isShownTwice } from "./local-time.ts";

/**
 * What is shown before anything is sent: the campaign, what was understood of its audience, and a page of what was not.
 *
 * @throws CampaignNotFoundError, also for an account below: only its own people start it.
 */
export function getReview(tx: Tx, actor: Actor, campaignId: number, after: { line: number; cell: number }) {
	const campaign = getCampaign(tx, actor, campaignId);
	if (!campaign.isOwn) throw new CampaignNotFoundError(`no campaign ${campaignId}`);
	const audience = getAudience(tx, campaign.accountId, campaign.collectionId);
	const { rejects, next } = listRejects(tx, actor, campaign.accountId, campaign.collectionId, after);
	const { timeZone } = actor.account;
	return {
		campaign,
		audience,
		fallback: getFallback(tx, campaign),
		rejects,
		next: next && `${next.line}.${next.cell}`,
		isFirst: after.line === 0,
		/** The clock shows the chosen time twice that day: the first is taken. */
		isTwice: campaign.startAtUtc !== null && isShownTwice(campaign.startAtUtc, timeZone),
		timeZone,
		nowUtc: Date.now(),
	};
}
