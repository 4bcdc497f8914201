import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { CampaignState } from "#app/components/campaign/campaign-state.tsx";
import { DataTable } from "#app/components/data-table.tsx";
import { NameLink } from "#app/components/name-link.tsx";
import { Num } from "#app/components/num.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { Time } from "#app/components/time.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { orNotFound } from "#app/modules/campaigns/campaign-trouble.ts";
import { listLeftCampaigns } from "#app/modules/campaigns/list-left-campaigns.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle<{ left: { name: string } }> = { title: (_t, { left }) => left.name };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const after = new URL(request.url).searchParams.get("after");
	return orNotFound(() => readBooks((tx) => listLeftCampaigns(tx, actor, Number(params.stayId), after)));
}

export default function LeftAccount() {
	const t = useT("lists");
	const tc = useT("campaigns");
	const path = useCabinetPath();
	const { left, rows, nextAfter, isFirst } = useLoaderData<typeof loader>();
	const caption = t("left.of", { name: left.name });
	return (
		<div className="stack">
			<PageHeader
				title={left.name}
				isUserText
				back={{ to: path("accounts/left"), label: t("left.title") }}
				note={
					<>
						<Time atUtc={left.fromUtc} style="date" /> – <Time atUtc={left.untilUtc} style="date" />
					</>
				}
			/>
			<h2>{caption}</h2>
			{rows.length === 0 && <p>{t("left.none")}</p>}
			{rows.length > 0 && (
				<DataTable
					caption={caption}
					rows={rows}
					rowKey={(row) => row.id}
					columns={[
						{
							key: "name",
							header: tc("list.name"),
							isMain: true,
							cell: (row) => <NameLink to={path(`campaigns/${row.id}`)}>{row.name}</NameLink>,
						},
						{ key: "account", header: t("left.account"), cell: (row) => <bdi>{row.accountName}</bdi> },
						{ key: "state", header: tc("list.state"), cell: (row) => <CampaignState state={row.state} /> },
						{
							key: "when",
							header: tc("list.when"),
							cell: (row) => <Time atUtc={row.startedAtUtc ?? row.startAtUtc ?? row.createdAtUtc} />,
						},
						{ key: "total", header: tc("list.total"), isNumber: true, cell: (row) => <Num value={row.funnel.total} /> },
						{ key: "read", header: tc("list.read"), isNumber: true, cell: (row) => <Num value={row.funnel.read} /> },
					]}
				/>
			)}
			<Pager isFirst={isFirst} after={nextAfter} />
		</div>
	);
}
