import type { Actor } from "#app/modules/access/actor.ts";
import { getAudience } from "#app/modules/audiences/audience.queries.server.ts";
import { getCampaignMoney } from "#app/modules/charging/get-campaign-money.server.ts";
import { getFallback } from "#app/modules/fallback/get-fallback.server.ts";
import type { Tx } from "#db/tx.ts";
import { getCampaign, getFigures, listCauses } from "./campaign.queries.server.ts";
import { funnelOf } from "./campaign.ts";

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
	};
}
