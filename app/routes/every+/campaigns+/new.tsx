import { randomUUID } from "node:crypto";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { CampaignForm } from "#app/components/campaign/campaign-form.tsx";
import { NoSenders } from "#app/components/campaign/no-senders.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useT } from "#app/lib/page-context.ts";
import { readUploadForm } from "#app/lib/read-upload-form.server.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { UPLOAD_MAX_BYTES } from "#app/modules/audiences/audience.ts";
import { uploadsOf } from "#app/modules/audiences/uploads-of.server.ts";
import { campaignFormFrame } from "#app/modules/campaigns/campaign-form-frame.server.ts";
import { campaignPath } from "#app/modules/campaigns/campaign-path.ts";
import { saveNewCampaign } from "#app/modules/campaigns/save-new-campaign.server.ts";
import { FALLBACK_STANDARD } from "#app/modules/fallback/fallback-fields.ts";

export const handle: PageHandle = { title: (t) => t("campaigns:form.title_new") };

export function loader({ request }: LoaderFunctionArgs) {
	return {
		...campaignFormFrame(requireActor(request), "campaigns.create"),
		formKey: randomUUID(),
		values: FALLBACK_STANDARD,
		errors: {},
	};
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const form = await readUploadForm(request, UPLOAD_MAX_BYTES, uploadsOf(actor));
	const saved = await saveNewCampaign(actor, form);
	if ("campaignId" in saved) return redirect(campaignPath(actor, saved.campaignId, "review"));
	return data(saved, { status: saved.isTooBig ? 413 : 422 });
}

export default function NewCampaign() {
	const t = useT("campaigns");
	const path = useCabinetPath();
	const fresh = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader title={t("form.title_new")} back={{ to: path("campaigns"), label: t("list.title") }} />
			{fresh.senders.length === 0 ? (
				<NoSenders hasChannels={fresh.channels.length > 0} />
			) : (
				<CampaignForm form={{ ...fresh, ...failed }} />
			)}
		</div>
	);
}
