import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight } from "#app/modules/access/require-right.ts";
import { getAudience } from "#app/modules/audiences/audience.queries.server.ts";
import { campaignForecast } from "#app/modules/charging/campaign-forecast.server.ts";
import { getCampaignMoney } from "#app/modules/charging/get-campaign-money.server.ts";
import { getShortage, type Shortage } from "#app/modules/charging/get-shortage.server.ts";
import { getFallback } from "#app/modules/fallback/get-fallback.server.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import type { Tx } from "#db/tx.ts";
import { getCampaign, getFigures, listCauses } from "./campaign.queries.server.ts";
import { beginsOnResume, funnelOf } from "./campaign.ts";

/**
 * All that a campaign's page shows.
 *
 * @throws CampaignNotFoundError.
 */
export function getCampaignPage(tx: Tx, actor: Actor, campaignId: number) {
	const campaign = getCampaign(tx, actor, campaignId);
	const fallback = getFallback(tx, campaign);
	return {
		campaign,
		fallback,
		fallbackCauses: fallback ? listCauses(tx, { ...campaign, id: fallback.id }) : [],
		audience: getAudience(tx, campaign.accountId, campaign.collectionId),
		funnel: funnelOf(getFigures(tx, actor, campaignId)),
		causes: listCauses(tx, campaign),
		money: getCampaignMoney(tx, actor, campaign),
		shortage: hasRight(actor, "campaigns.update") ? shortageOf(tx, campaign) : null,
		currency: currency(tx),
	};
}

/** Of the actor's own campaign that would begin if it were resumed now. */
function shortageOf(tx: Tx, campaign: ReturnType<typeof getCampaign>): Shortage | null {
	const now = Date.now();
	if (!campaign.isOwn || !beginsOnResume(campaign, now)) return null;
	const forecast = campaignForecast(tx, campaign, now);
	return forecast.missing.length > 0 ? null : getShortage(tx, campaign.accountId, forecast);
}
