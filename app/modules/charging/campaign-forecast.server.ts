import type { ChannelName } from "#app/channels/channel.ts";
import { type Forecast, forecast } from "#app/modules/pricing/forecast.server.ts";
import { paidParts } from "#app/modules/pricing/paid-parts.ts";
import type { Tx } from "#db/tx.ts";

export interface PricedCampaign {
	id: number;
	accountId: number;
	channel: ChannelName;
	text: string;
	collectionId: number;
}

export interface CampaignForecast extends Forecast {
	parts: number;
	secondParts: number;
	/** Of the account above all. */
	rootId: number;
}

/**
 * What a campaign that has not begun costs at most, in the branch that it counts in.
 *
 * @param at unix ms: at the prices of which moment.
 */
export function campaignForecast(tx: Tx, campaign: PricedCampaign, at: number): CampaignForecast {
	const { accountPath } = tx
		.sql<{ accountPath: string }>(
			`SELECT coalesce(c.branch_path, a.path) AS accountPath FROM campaigns c JOIN accounts a ON a.id = c.account_id
			  WHERE c.id = ? AND c.account_id = ?`,
		)
		.get(campaign.id, campaign.accountId)!;
	const second = tx
		.sql<{ channel: ChannelName; text: string }>(
			"SELECT channel, text FROM campaigns WHERE fallback_of = ? AND account_id = ?",
		)
		.get(campaign.id, campaign.accountId);
	const parts = paidParts(campaign.channel, campaign.text);
	const secondParts = second ? paidParts(second.channel, second.text) : 1;
	const found = forecast(tx, {
		accountPath,
		collectionId: campaign.collectionId,
		channel: campaign.channel,
		kind: "text",
		parts,
		second: second && { channel: second.channel, kind: "text", parts: secondParts },
		at,
	});
	return { ...found, parts, secondParts, rootId: Number(accountPath.split("/")[1]) };
}
