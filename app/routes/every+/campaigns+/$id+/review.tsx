import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { LinkButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { AudienceCounts, RejectsTable } from "#app/components/campaign/audience-counts.tsx";
import { AudienceProgress } from "#app/components/campaign/audience-progress.tsx";
import { DeedForm } from "#app/components/campaign/deed-form.tsx";
import { FallbackPlan } from "#app/components/campaign/fallback-plan.tsx";
import { MessagePreview } from "#app/components/campaign/message-preview.tsx";
import { PriceForecast } from "#app/components/campaign/price-forecast.tsx";
import { SelfRefresh } from "#app/components/campaign/self-refresh.tsx";
import { SmsNote } from "#app/components/campaign/sms-note.tsx";
import { CoverForm, canCover } from "#app/components/charging/cover-form.tsx";
import { ShortageAlert } from "#app/components/charging/shortage-alert.tsx";
import { useRights } from "#app/components/frame/root-data.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Time } from "#app/components/time.tsx";
import { formatMoment, formatNumber } from "#app/lib/format.ts";
import { translateIssue } from "#app/lib/issue.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { campaignPath } from "#app/modules/campaigns/campaign-path.ts";
import { campaignTrouble, orNotFound } from "#app/modules/campaigns/campaign-trouble.ts";
import { getReview } from "#app/modules/campaigns/get-review.server.ts";
import { readCover, readSeen } from "#app/modules/campaigns/read-seen.ts";
import { startCampaign } from "#app/modules/campaigns/start-campaign.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("campaigns:review.title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const [line = 0, cell = 0] = (new URL(request.url).searchParams.get("after") ?? "").split(".").map(Number);
	const after = { line: line || 0, cell: cell || 0 };
	const review = orNotFound(() => readBooks((tx) => getReview(tx, actor, Number(params.id), after)));
	if (review.campaign.state !== "draft") throw redirect(campaignPath(actor, params.id));
	return review;
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const form = await request.formData();
	const trouble = await startCampaign(actor, Number(params.id), readSeen(form), readCover(form)).catch(campaignTrouble);
	// Also when it had been started already, by a double click: its page shows it.
	if (!trouble) return redirect(campaignPath(actor, params.id));
	return data(trouble, { status: trouble.status });
}

export default function Review() {
	const t = useT("campaigns");
	const ta = useT("audiences");
	const path = useCabinetPath();
	const may = useRights();
	const tf = useT("fallback");
	const review = useLoaderData<typeof loader>();
	const { campaign, audience, fallback, cost, missing, rejects, next, isFirst, isTwice, timeZone, nowUtc } = review;
	const trouble = useActionData<typeof action>();
	const edit = may("campaigns.update") && (
		<LinkButton to={path(`campaigns/${campaign.id}/edit`)} weight="quiet">
			{t("review.edit")}
		</LinkButton>
	);
	const cancel = may("campaigns.delete") && (
		<LinkButton to={path(`campaigns/${campaign.id}/cancel`)} weight="quiet">
			{t("review.throw_away")}
		</LinkButton>
	);
	return (
		<div className="stack">
			<PageHeader
				title={campaign.name}
				isUserText
				back={{ to: path("campaigns"), label: t("list.title") }}
				note={t("review.note")}
			/>
			{trouble && <Alert tone="bad">{translateIssue(t as never, trouble.issue)}</Alert>}
			{audience.state === "reading" && (
				<>
					<h2>{ta("reading.title")}</h2>
					<AudienceProgress audience={audience} nowUtc={nowUtc} />
					<p className="soft">{ta("reading.text")}</p>
					<div className="row">{cancel}</div>
					<SelfRefresh seconds={2} />
				</>
			)}
			{audience.state === "failed" && (
				<>
					<Alert tone="bad" title={ta("failed")}>
						{ta(`failures.${audience.failure ?? "not_text"}`, { name: audience.name, line: audience.readLines })}
					</Alert>
					<div className="row">
						{edit}
						{cancel}
					</div>
				</>
			)}
			{audience.state === "ready" && (
				<>
					<h2>{t("review.audience")}</h2>
					<AudienceCounts audience={audience} />
					{audience.validCount === 0 && <Alert tone="bad">{ta("error.none_valid_short")}</Alert>}
					<h2>{t("review.message")}</h2>
					<MessagePreview sender={campaign.sender} text={campaign.text} />
					<SmsNote channel={campaign.channel} text={campaign.text} />
					<dl className="facts">
						<dt>{t("form.sender")}</dt>
						<dd>
							<bdi>{campaign.sender}</bdi> ({t(`channel.${campaign.channel}`)})
						</dd>
						<dt>{t("form.when")}</dt>
						<dd>
							{campaign.startAtUtc === null ? t("form.now") : <Time atUtc={campaign.startAtUtc} />}
							{campaign.startAtUtc !== null && ` (${timeZone})`}
						</dd>
					</dl>
					{fallback && (
						<>
							<h2>{tf("title")}</h2>
							<FallbackPlan fallback={fallback} />
						</>
					)}
					<PriceForecast cost={cost} missing={missing} />
					{!missing && <ShortageAlert shortage={review.shortage} currency={review.currency} />}
					{isTwice && <Alert tone="warn">{t("review.twice")}</Alert>}
					<div className="row">
						{may("campaigns.update") && audience.validCount > 0 && !missing && (
							<StartButton {...{ campaign, shortage: review.shortage, count: audience.validCount }} />
						)}
						{edit}
						{cancel}
					</div>
					<RejectsTable rejects={rejects} isFirst={isFirst} after={next} />
				</>
			)}
		</div>
	);
}

type Data = ReturnType<typeof useLoaderData<typeof loader>>;

/** Where the balance is short, the first of two buttons sends to as many as it covers; before a later moment it may still be topped up. */
function StartButton({ campaign, shortage, count }: Pick<Data, "campaign" | "shortage"> & { count: number }) {
	const t = useT("campaigns");
	const { locale, timeZone } = usePage();
	const n = formatNumber(locale, count);
	return (
		<>
			<CoverForm deed="start" campaign={campaign} shortage={shortage} />
			<DeedForm deed="start" campaign={campaign} weight={canCover(shortage) ? "quiet" : undefined}>
				{campaign.startAtUtc === null
					? t("review.send", { count, n })
					: t("review.schedule", { count, n, when: formatMoment(locale, timeZone, campaign.startAtUtc) })}
			</DeedForm>
		</>
	);
}
