import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { getFallback } from "#app/modules/fallback/get-fallback.server.ts";
import type { Tx } from "#db/tx.ts";
import { getCampaign, getFigures } from "./campaign.queries.server.ts";
import { deedsOf, funnelOf } from "./campaign.ts";

/**
 * What is asked before a campaign is cancelled for good.
 *
 * @throws CampaignNotFoundError.
 */
export function getCancelPage(tx: Tx, actor: Actor, id: number) {
	requireOwnRight(actor, "campaigns.delete");
	const { name, state, version, isOwn, accountId } = getCampaign(tx, actor, id);
	const canCancel = isOwn && deedsOf(state).includes("cancel");
	const hasFallback = getFallback(tx, { id, accountId }) !== null;
	return { id, name, state, version, canCancel, hasFallback, funnel: funnelOf(getFigures(tx, actor, id)) };
}
