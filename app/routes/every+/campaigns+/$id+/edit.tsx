import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useParams } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { CampaignForm } from "#app/components/campaign/campaign-form.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useT } from "#app/lib/page-context.ts";
import { readUploadForm } from "#app/lib/read-upload-form.server.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { UPLOAD_MAX_BYTES } from "#app/modules/audiences/audience.ts";
import { uploadsOf } from "#app/modules/audiences/uploads-of.server.ts";
import { campaignFormFrame } from "#app/modules/campaigns/campaign-form-frame.server.ts";
import { campaignPath } from "#app/modules/campaigns/campaign-path.ts";
import { campaignTrouble } from "#app/modules/campaigns/campaign-trouble.ts";
import { draftAsForm } from "#app/modules/campaigns/draft-as-form.server.ts";
import { readSeen } from "#app/modules/campaigns/read-seen.ts";
import { saveDraft } from "#app/modules/campaigns/save-draft.server.ts";

export const handle: PageHandle = { title: (t) => t("campaigns:form.title_edit") };

export async function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const draft = await draftAsForm(actor, Number(params.id)).catch(campaignTrouble);
	if (!("values" in draft)) throw redirect(campaignPath(actor, params.id));
	return { ...campaignFormFrame(actor, "campaigns.update"), ...draft, formKey: "", errors: {} };
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const form = await readUploadForm(request, UPLOAD_MAX_BYTES, uploadsOf(actor));
	const seen = readSeen(new Map(Object.entries(form.fields)));
	const failed = await saveDraft(actor, Number(params.id), form, seen).catch(campaignTrouble);
	if (!failed) return redirect(campaignPath(actor, params.id, "review"));
	if (!("values" in failed)) throw redirect(campaignPath(actor, params.id));
	return data(failed, { status: failed.isTooBig ? 413 : 422 });
}

export default function EditCampaign() {
	const t = useT("campaigns");
	const path = useCabinetPath();
	const { id } = useParams();
	const draft = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader
				title={t("form.title_edit")}
				back={{ to: path(`campaigns/${id}/review`), label: t("review.title") }}
			/>
			<CampaignForm form={{ ...draft, ...failed, formKey: "" }} />
		</div>
	);
}
