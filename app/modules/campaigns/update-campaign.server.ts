import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { saveFallback } from "#app/modules/fallback/save-fallback.server.ts";
import { inTx } from "#db/tx.ts";
import type { CampaignInput } from "./campaign.schema.ts";
import { checkCampaignInput } from "./check-campaign-input.server.ts";
import { requireOwnCampaign, type Seen } from "./require-own-campaign.server.ts";

/**
 * Changes a draft.
 *
 * @throws CampaignNotFoundError, StaleCampaignError, WrongCampaignStateError, SenderNotAllowedError, CollectionNotFoundError.
 */
export async function updateCampaign(
	actor: Actor,
	campaignId: number,
	seen: Seen,
	input: CampaignInput,
): Promise<void> {
	requireOwnRight(actor, "campaigns.update");
	await inTx((tx) => {
		requireOwnCampaign(tx, actor, campaignId, "update", seen);
		checkCampaignInput(tx, actor, input);
		tx.sql(
			`UPDATE campaigns SET name = ?, channel = ?, sender = ?, text = ?, collection_id = ?, start_at_utc = ?, version = version + 1
			  WHERE id = ? AND account_id = ?`,
		).run(
			input.name,
			input.sender.channel,
			input.sender.name,
			input.text,
			input.collectionId,
			input.startAtUtc,
			campaignId,
			actor.account.id,
		);
		saveFallback(tx, { accountId: actor.account.id, campaignId }, input.fallback ?? null);
		writeAudit(tx, actor, "campaign.update", `campaign:${campaignId}`);
	});
}
