import { randomUUID } from "node:crypto";
import { issue } from "#app/lib/issue.ts";
import type { UploadForm } from "#app/lib/read-upload-form.server.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import type { Audience, Reject } from "#app/modules/audiences/audience.queries.server.ts";
import type { StoredUpload } from "#app/modules/audiences/store-upload.server.ts";
import { readBooks } from "#db/tx.ts";
import { SenderNotAllowedError } from "./campaign.errors.ts";
import { createCampaign } from "./create-campaign.server.ts";
import { FORM_KEY_MAX, findCampaignByForm } from "./find-campaign-by-form.server.ts";
import { type FormErrors, senderField, takeCampaignForm } from "./take-campaign-form.server.ts";

/** What the form page needs to show everything again. */
export interface FailedForm {
	formKey: string;
	values: Record<string, string>;
	errors: FormErrors;
	kept?: Audience;
	isTooBig: boolean;
	rejects?: Reject[];
}

/** Makes a draft of a filled-in form, or says what is wrong with it. A form sent twice gives the campaign of the first time. */
export async function saveNewCampaign(
	actor: Actor,
	form: UploadForm<StoredUpload>,
): Promise<{ campaignId: number } | FailedForm> {
	requireOwnRight(actor, "campaigns.create");
	const formKey = form.fields.formKey?.slice(0, FORM_KEY_MAX) || randomUUID();
	const made = readBooks((tx) => findCampaignByForm(tx, actor, formKey));
	if (made !== undefined) return { campaignId: made };
	const taken = await takeCampaignForm(actor, form);
	if ("errors" in taken) return { formKey, values: form.fields, ...taken };
	try {
		return await createCampaign(actor, formKey, taken.input);
	} catch (error) {
		if (!(error instanceof SenderNotAllowedError)) throw error;
		const errors = {
			[senderField(error, taken.input)]: [issue("campaigns:error.sender_not_allowed", { name: error.message })],
		};
		return { formKey, values: form.fields, errors, isTooBig: false };
	}
}
