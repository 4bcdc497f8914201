import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { saveFallback } from "#app/modules/fallback/save-fallback.server.ts";
import { inTx } from "#db/tx.ts";
import type { CampaignInput } from "./campaign.schema.ts";
import { checkCampaignInput } from "./check-campaign-input.server.ts";
import { findCampaignByForm } from "./find-campaign-by-form.server.ts";

/**
 * Makes a draft. A form that is sent again (the same `formKey`) finds the campaign that it made and changes nothing.
 *
 * @throws SenderNotAllowedError, CollectionNotFoundError.
 */
export async function createCampaign(
	actor: Actor,
	formKey: string,
	input: CampaignInput,
): Promise<{ campaignId: number; isReplay: boolean }> {
	requireOwnRight(actor, "campaigns.create");
	const accountId = actor.account.id;
	return inTx((tx) => {
		const made = findCampaignByForm(tx, actor, formKey);
		if (made !== undefined) return { campaignId: made, isReplay: true };
		checkCampaignInput(tx, actor, input);
		const { lastInsertRowid } = tx
			.sql(
				`INSERT INTO campaigns (account_id, user_id, name, channel, sender, text, collection_id, state, start_at_utc, form_key, created_at_utc)
				 VALUES (?, ?, ?, ?, ?, ?, ?, 'draft', ?, ?, ?)`,
			)
			.run(
				accountId,
				actor.userId,
				input.name,
				input.sender.channel,
				input.sender.name,
				input.text,
				input.collectionId,
				input.startAtUtc,
				formKey,
				Date.now(),
			);
		const campaignId = Number(lastInsertRowid);
		tx.sql("INSERT INTO campaign_counters (campaign_id, account_id) VALUES (?, ?)").run(campaignId, accountId);
		saveFallback(tx, { accountId, campaignId }, input.fallback ?? null);
		writeAudit(tx, actor, "campaign.create", `campaign:${campaignId}`, { name: input.name });
		return { campaignId, isReplay: false };
	});
}
