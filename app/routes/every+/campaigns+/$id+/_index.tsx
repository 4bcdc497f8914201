import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { CampaignActions } from "#app/components/campaign/campaign-actions.tsx";
import { CampaignFacts } from "#app/components/campaign/campaign-facts.tsx";
import { CampaignState } from "#app/components/campaign/campaign-state.tsx";
import { CausesList } from "#app/components/campaign/causes-list.tsx";
import { FallbackPlan } from "#app/components/campaign/fallback-plan.tsx";
import { FunnelSteps, StatesBar } from "#app/components/campaign/figures.tsx";
import { LiveFigures } from "#app/components/campaign/live-figures.tsx";
import { MessagePreview } from "#app/components/campaign/message-preview.tsx";
import { SecondLeg } from "#app/components/campaign/second-leg.tsx";
import { SecondLegNote } from "#app/components/campaign/second-leg-note.tsx";
import { SmsNote } from "#app/components/campaign/sms-note.tsx";
import { StateNote } from "#app/components/campaign/state-note.tsx";
import { CampaignMoneyFacts } from "#app/components/charging/campaign-money.tsx";
import { ShortageAlert } from "#app/components/charging/shortage-alert.tsx";
import { useRights } from "#app/components/frame/root-data.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { campaignPath } from "#app/modules/campaigns/campaign-path.ts";
import { campaignTrouble, orNotFound } from "#app/modules/campaigns/campaign-trouble.ts";
import { getCampaignPage } from "#app/modules/campaigns/get-campaign-page.server.ts";
import { liveMark } from "#app/modules/campaigns/live-mark.ts";
import { pauseCampaign } from "#app/modules/campaigns/pause-campaign.server.ts";
import { readCover, readSeen } from "#app/modules/campaigns/read-seen.ts";
import { resumeCampaign } from "#app/modules/campaigns/resume-campaign.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle<{ campaign: { name: string } }> = { title: (_t, { campaign }) => campaign.name };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const page = orNotFound(() => readBooks((tx) => getCampaignPage(tx, actor, Number(params.id))));
	if (page.campaign.state === "draft" && page.campaign.isOwn) throw redirect(campaignPath(actor, params.id, "review"));
	return page;
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const form = await request.formData();
	const deed = form.get("deed") === "resume" ? resumeCampaign : pauseCampaign;
	const trouble = await deed(actor, Number(params.id), readSeen(form), readCover(form)).catch(campaignTrouble);
	if (!trouble) return redirect(campaignPath(actor, params.id));
	return data(trouble, { status: trouble.status });
}

export default function CampaignPage() {
	const t = useT("campaigns");
	const tf = useT("fallback");
	const path = useCabinetPath();
	const may = useRights();
	const { campaign, audience, funnel, causes, fallback, fallbackCauses, money, ...page } =
		useLoaderData<typeof loader>();
	const trouble = useActionData<typeof action>();
	// A campaign of an account below is listed with that account's.
	const below = may("accounts.read") ? `accounts/${campaign.accountId}/campaigns` : undefined;
	const list = campaign.isOwn ? "campaigns" : below;
	return (
		<div className="stack">
			<PageHeader
				title={campaign.name}
				isUserText
				back={list === undefined ? undefined : { to: path(list), label: t("list.title") }}
				note={<CampaignState state={campaign.state} />}
				action={campaign.isOwn && <CampaignActions campaign={campaign} shortage={page.shortage} />}
			/>
			{trouble && <Alert tone="warn">{translateIssue(t as never, trouble.issue)}</Alert>}
			<StateNote campaign={campaign} />
			<ShortageAlert shortage={page.shortage} currency={page.currency} />
			{fallback && <SecondLegNote campaign={campaign} first={funnel} second={fallback} />}
			<LiveFigures campaign={campaign} mark={liveMark(campaign, fallback)} lost={funnel.lost}>
				{funnel.total > 0 && <FunnelSteps funnel={funnel} />}
				{funnel.total > 0 && <StatesBar funnel={funnel} />}
				{fallback && funnel.total > 0 && <SecondLeg first={funnel} second={fallback} />}
			</LiveFigures>
			<CausesList causes={causes} />
			{fallbackCauses.length > 0 && <CausesList causes={fallbackCauses} channel={fallback?.channel} />}
			{funnel.total > 0 && (
				<p>
					<Link discover="none" to={path(`campaigns/${campaign.id}/messages`)}>
						{t("page.messages")}
					</Link>
				</p>
			)}
			{money && <CampaignMoneyFacts money={money} />}
			<h2>{t("page.what")}</h2>
			<MessagePreview sender={campaign.sender} text={campaign.text} />
			<SmsNote channel={campaign.channel} text={campaign.text} />
			<CampaignFacts campaign={campaign} audience={audience} />
			{fallback && (
				<>
					<h2>{tf("title")}</h2>
					<FallbackPlan fallback={fallback} />
				</>
			)}
		</div>
	);
}
