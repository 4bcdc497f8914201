import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { LinkButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { CampaignState } from "#app/components/campaign/campaign-state.tsx";
import { type Column, DataTable } from "#app/components/data-table.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { Num } from "#app/components/num.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { Time } from "#app/components/time.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { type ListedCampaign, listCampaigns } from "#app/modules/campaigns/campaign.queries.server.ts";
import { CAMPAIGN_STATES, funnelOf } from "#app/modules/campaigns/campaign.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("campaigns:list.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const query = new URL(request.url).searchParams;
	const state = CAMPAIGN_STATES.find((one) => one === query.get("state"));
	const before = Number(query.get("after")) || undefined;
	const { campaigns, nextBefore } = readBooks((tx) => listCampaigns(tx, actor, { state, before }));
	return {
		rows: campaigns.map((campaign) => ({ ...campaign, funnel: funnelOf(campaign) })),
		nextBefore,
		state: state ?? null,
		isFirst: before === undefined,
	};
}

type Row = ListedCampaign & { funnel: ReturnType<typeof funnelOf> };

export default function CampaignList() {
	const t = useT("campaigns");
	const path = useCabinetPath();
	const { rows, nextBefore, state, isFirst } = useLoaderData<typeof loader>();
	const hasNone = rows.length === 0 && isFirst;
	return (
		<div className="stack">
			<PageHeader
				title={t("list.title")}
				action={hasNone && !state ? undefined : <LinkButton to={path("campaigns/new")}>{t("list.new")}</LinkButton>}
			/>
			{(!hasNone || state) && <StateFilter now={state} />}
			{rows.length > 0 && (
				<DataTable caption={t("list.caption")} rows={rows} rowKey={(row) => row.id} columns={useColumns()} />
			)}
			{hasNone && !state && (
				<EmptyState
					title={t("list.empty")}
					action={<LinkButton to={path("campaigns/new")}>{t("list.new")}</LinkButton>}
				>
					{t("list.empty_text")}
				</EmptyState>
			)}
			{rows.length === 0 && !(hasNone && !state) && <p>{t("list.none_in_state")}</p>}
			<Pager isFirst={isFirst} after={nextBefore} />
		</div>
	);
}

function StateFilter({ now }: { now: string | null }) {
	const t = useT("campaigns");
	return (
		<nav className="filters" aria-label={t("list.filter")}>
			<Link discover="none" to="?" aria-current={now === null ? "page" : undefined}>
				{t("list.all")}
			</Link>
			{CAMPAIGN_STATES.map((state) => (
				<Link discover="none" key={state} to={`?state=${state}`} aria-current={now === state ? "page" : undefined}>
					{t(`state.${state}`)}
				</Link>
			))}
		</nav>
	);
}

function useColumns(): Column<Row>[] {
	const t = useT("campaigns");
	const path = useCabinetPath();
	const figure = (key: "total" | "sent" | "delivered" | "read" | "lost"): Column<Row> => ({
		key,
		header: t(`list.${key}`),
		isNumber: true,
		cell: (row) => <Num value={row.funnel[key]} />,
	});
	return [
		{
			key: "name",
			header: t("list.name"),
			isMain: true,
			cell: (row) => (
				<Link discover="none" to={path(`campaigns/${row.id}`)} dir="auto">
					{row.name}
				</Link>
			),
		},
		{ key: "state", header: t("list.state"), cell: (row) => <CampaignState state={row.state} /> },
		{
			key: "when",
			header: t("list.when"),
			cell: (row) => <Time atUtc={row.startedAtUtc ?? row.startAtUtc ?? row.createdAtUtc} />,
		},
		figure("total"),
		figure("sent"),
		figure("delivered"),
		figure("read"),
		figure("lost"),
	];
}
