import type { Actor } from "#app/modules/access/actor.ts";

/** Where a campaign is in the actor's cabinet: "/dealer/campaigns/12/review". */
export function campaignPath(actor: Actor, campaignId: number | string | undefined, below = ""): string {
	return `/${actor.account.kind}/campaigns/${campaignId}${below && `/${below}`}`;
}
