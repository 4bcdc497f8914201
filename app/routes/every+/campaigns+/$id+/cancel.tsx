import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { LinkButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { DeedForm } from "#app/components/campaign/deed-form.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { formatNumber } from "#app/lib/format.ts";
import { translateIssue } from "#app/lib/issue.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { campaignPath } from "#app/modules/campaigns/campaign-path.ts";
import { campaignTrouble, orNotFound } from "#app/modules/campaigns/campaign-trouble.ts";
import { cancelCampaign } from "#app/modules/campaigns/cancel-campaign.server.ts";
import { getCancelPage } from "#app/modules/campaigns/get-cancel-page.server.ts";
import { readSeen } from "#app/modules/campaigns/read-seen.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("campaigns:cancel.title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return orNotFound(() => readBooks((tx) => getCancelPage(tx, actor, Number(params.id))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const seen = readSeen(await request.formData());
	const trouble = await cancelCampaign(actor, Number(params.id), seen).catch(campaignTrouble);
	if (!trouble) return redirect(campaignPath(actor, params.id));
	return data(trouble, { status: trouble.status });
}

export default function Cancel() {
	const t = useT("campaigns");
	const tf = useT("fallback");
	const path = useCabinetPath();
	const { locale } = usePage();
	const { id, name, state, version, canCancel, hasFallback, funnel } = useLoaderData<typeof loader>();
	const trouble = useActionData<typeof action>();
	const hasBegun = funnel.total > 0;
	return (
		<div className="stack">
			<PageHeader title={t("cancel.title")} back={{ to: path(`campaigns/${id}`), label: name }} />
			{trouble && <Alert tone="bad">{translateIssue(t as never, trouble.issue)}</Alert>}
			{canCancel ? (
				<>
					<p dir="auto">{name}</p>
					<p>
						{state === "draft"
							? t("cancel.draft")
							: hasBegun
								? t("cancel.rest", { n: formatNumber(locale, funnel.waiting) })
								: t("cancel.all")}
					</p>
					{hasBegun && (
						<p>{t("cancel.gone", { n: formatNumber(locale, funnel.total - funnel.waiting - funnel.cancelled) })}</p>
					)}
					{hasFallback && hasBegun && <p>{tf("cancel")}</p>}
					<p>{t("cancel.for_good")}</p>
					<div className="row">
						<DeedForm deed="cancel" campaign={{ state, version }} weight="danger">
							{state === "draft" ? t("cancel.submit_draft") : t("cancel.submit")}
						</DeedForm>
						<LinkButton to={path(`campaigns/${id}`)} weight="quiet">
							{t("cancel.keep")}
						</LinkButton>
					</div>
				</>
			) : (
				<p>{t("cancel.impossible")}</p>
			)}
		</div>
	);
}
