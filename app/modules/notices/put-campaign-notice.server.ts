import type { Tx } from "#db/tx.ts";
import { putNotice } from "./put-notice.server.ts";

interface Row {
	accountId: number;
	userId: number;
	name: string;
}

/** Tells whoever made a campaign that it is done, in the transaction that ended it. */
export function putCampaignDone(tx: Tx, campaignId: number): void {
	const campaign = madeBy(tx, campaignId);
	if (campaign) putNotice(tx, campaign, "campaign.done", { campaignId, name: campaign.name });
}

/** The same for one that the system has paused. @param cause a key of CAUSES. */
export function putCampaignHalted(tx: Tx, campaignId: number, cause: string): void {
	const campaign = madeBy(tx, campaignId);
	if (campaign) putNotice(tx, campaign, "campaign.halted", { campaignId, name: campaign.name, cause });
}

function madeBy(tx: Tx, campaignId: number): Row | undefined {
	return tx
		.sql<Row>("SELECT account_id AS accountId, user_id AS userId, name FROM campaigns WHERE id = ?")
		.get(campaignId);
}
