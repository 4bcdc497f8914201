import type { Actor } from "#app/modules/access/actor.ts";
import { holdCampaign } from "#app/modules/charging/hold-campaign.server.ts";
import { VolumeBrakeError, WaitsForDealerError } from "#app/modules/limits/limits.errors.ts";
import { putWait } from "#app/modules/limits/put-wait.server.ts";
import { haltForCause } from "#app/modules/messages/halt-for-block.server.ts";
import type { Tx } from "#db/tx.ts";
import type { Campaign } from "./campaign.ts";
import { moveCampaign } from "./move-campaign.server.ts";

/**
 * Holds the money for a campaign that somebody wants to begin now. One that the brake on a sudden volume stops is paused instead, until
 * somebody above releases it.
 *
 * @returns whether it may begin.
 * @throws WaitsForDealerError where it waits already; what holdCampaign throws.
 */
export function holdOrWait(
	tx: Tx,
	actor: Actor,
	campaign: Campaign,
	how: { deed: "start" | "resume"; coverOnly: boolean; coverSeen?: number },
): boolean {
	const { deed, ...rest } = how;
	try {
		holdCampaign(tx, campaign, { ...rest, by: actor });
		return true;
	} catch (error) {
		if (!(error instanceof VolumeBrakeError)) throw error;
		if (campaign.cause === "volume_brake") throw new WaitsForDealerError();
		const of = { accountId: campaign.accountId, campaignId: campaign.id };
		moveCampaign(tx, actor, campaign, deed, { to: "scheduled" });
		haltForCause(tx, of, "volume_brake");
		putWait(tx, of, error);
		return false;
	}
}
