import { readAfter } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { listCampaigns } from "./campaign.queries.server.ts";
import { CAMPAIGN_STATES, funnelOf } from "./campaign.ts";

export type CampaignListPage = ReturnType<typeof getCampaignList>;

/**
 * A page of the campaigns of an account of the actor's scope, as its address asks for it (?state=done&after=12).
 *
 * @throws AccountNotFoundError
 */
export function getCampaignList(tx: Tx, actor: Actor, accountId: number, url: string) {
	const state = CAMPAIGN_STATES.find((one) => one === new URL(url).searchParams.get("state"));
	const before = readAfter(url);
	const { campaigns, nextBefore } = listCampaigns(tx, actor, { accountId, state, before });
	return {
		rows: campaigns.map((campaign) => ({ ...campaign, funnel: funnelOf(campaign) })),
		nextBefore,
		state: state ?? null,
		isFirst: before === undefined,
	};
}
