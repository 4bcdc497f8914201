import { issue } from "#app/lib/issue.ts";
import type { UploadForm } from "#app/lib/read-upload-form.server.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import type { StoredUpload } from "#app/modules/audiences/store-upload.server.ts";
import { readBooks } from "#db/tx.ts";
import {
	CampaignNotFoundError,
	SenderNotAllowedError,
	StaleCampaignError,
	WrongCampaignStateError,
} from "./campaign.errors.ts";
import { getCampaign } from "./campaign.queries.server.ts";
import type { Seen } from "./require-own-campaign.server.ts";
import type { FailedForm } from "./save-new-campaign.server.ts";
import { senderField, takeCampaignForm } from "./take-campaign-form.server.ts";
import { updateCampaign } from "./update-campaign.server.ts";

/**
 * Changes a draft by its filled-in form, or says what is wrong with it. When somebody else has changed the draft meanwhile, that is said
 * above the form, and what was typed is kept.
 *
 * @throws CampaignNotFoundError.
 */
export async function saveDraft(
	actor: Actor,
	campaignId: number,
	form: UploadForm<StoredUpload>,
	seen: Seen,
): Promise<undefined | FailedForm> {
	requireOwnRight(actor, "campaigns.update");
	const failed = { formKey: "", values: form.fields, isTooBig: false };
	// Before its audience is read and kept: whoever may not change the draft leaves nothing behind.
	if (!readBooks((tx) => getCampaign(tx, actor, campaignId)).isOwn)
		throw new CampaignNotFoundError(`no campaign ${campaignId}`);
	const taken = await takeCampaignForm(actor, form);
	if ("errors" in taken) return { ...failed, ...taken };
	try {
		await updateCampaign(actor, campaignId, seen, taken.input);
		return undefined;
	} catch (error) {
		if (error instanceof SenderNotAllowedError)
			return {
				...failed,
				errors: {
					[senderField(error, taken.input)]: [issue("campaigns:error.sender_not_allowed", { name: error.message })],
				},
			};
		if (error instanceof StaleCampaignError && error.now.state === "draft")
			return { ...failed, errors: { "": [issue("campaigns:error.draft_changed")] } };
		if (error instanceof StaleCampaignError || error instanceof WrongCampaignStateError) {
			const state = error instanceof StaleCampaignError ? error.now.state : error.state;
			return { ...failed, errors: { "": [issue(`campaigns:stale.${state}`)] } };
		}
		throw error;
	}
}
