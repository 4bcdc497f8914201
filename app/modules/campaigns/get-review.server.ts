import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight } from "#app/modules/access/require-right.ts";
import { getAudience, listRejects } from "#app/modules/audiences/audience.queries.server.ts";
import { campaignForecast } from "#app/modules/charging/campaign-forecast.server.ts";
import { getShortage } from "#app/modules/charging/get-shortage.server.ts";
import { getFallback } from "#app/modules/fallback/get-fallback.server.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { shownForecast, shownMissing } from "#app/modules/pricing/shown-forecast.server.ts";
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
	const { timeZone, path } = actor.account;
	const fallback = getFallback(tx, campaign);
	const nowUtc = Date.now();
	const cost =
		audience.state === "ready" ? campaignForecast(tx, campaign, Math.max(nowUtc, campaign.startAtUtc ?? 0)) : null;
	return {
		/** The root pays nobody. Null also for whoever may not see money. */
		cost:
			cost && path.split("/").length > 3 && hasRight(actor, "money.read")
				? shownForecast(tx, cost, [campaign, fallback], campaign.accountId)
				: null,
		shortage: cost && getShortage(tx, campaign.accountId, cost),
		currency: currency(tx),
		missing: cost && shownMissing(cost, path),
		campaign,
		audience,
		fallback,
		rejects,
		next: next && `${next.line}.${next.cell}`,
		isFirst: after.line === 0,
		/** The clock shows the chosen time twice that day: the first is taken. */
		isTwice: campaign.startAtUtc !== null && isShownTwice(campaign.startAtUtc, timeZone),
		timeZone,
		nowUtc,
	};
}
