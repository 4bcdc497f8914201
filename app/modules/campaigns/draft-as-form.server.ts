import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { getAudience } from "#app/modules/audiences/audience.queries.server.ts";
import { readPastedText } from "#app/modules/audiences/read-pasted-text.server.ts";
import { fallbackAsForm } from "#app/modules/fallback/fallback.schema.ts";
import { getFallback } from "#app/modules/fallback/get-fallback.server.ts";
import { readBooks } from "#db/tx.ts";
import { CampaignNotFoundError, WrongCampaignStateError } from "./campaign.errors.ts";
import { getCampaign } from "./campaign.queries.server.ts";
import { localOf } from "./local-time.ts";

/**
 * A draft as its form had it: every field, the pasted numbers as they were typed (for whoever may see numbers), or what is kept of
 * them or of the file.
 *
 * @throws CampaignNotFoundError, also for an account below: only its own people change it. WrongCampaignStateError.
 */
export async function draftAsForm(actor: Actor, campaignId: number) {
	requireOwnRight(actor, "campaigns.update");
	const { campaign, audience, fallback } = readBooks((tx) => {
		const campaign = getCampaign(tx, actor, campaignId);
		if (!campaign.isOwn) throw new CampaignNotFoundError(`no campaign ${campaignId}`);
		const audience = getAudience(tx, campaign.accountId, campaign.collectionId);
		return { campaign, audience, fallback: getFallback(tx, campaign) };
	});
	if (campaign.state !== "draft") throw new WrongCampaignStateError(campaign.state);
	const { name, text, startAtUtc } = campaign;
	const local = startAtUtc === null ? {} : localOf(startAtUtc, actor.account.timeZone);
	const paste = await readPastedText(actor, audience);
	return {
		seen: { version: campaign.version, state: campaign.state },
		values: {
			name,
			text,
			sender: `${campaign.channel}:${campaign.sender}`,
			when: startAtUtc === null ? "now" : "later",
			...local,
			...fallbackAsForm(fallback && { ...fallback, sender: { channel: fallback.channel, name: fallback.sender } }),
			...(paste === undefined ? {} : { paste }),
		},
		kept: paste === undefined && audience.state !== "failed" ? audience : undefined,
	};
}
