import { Link } from "@remix-run/react";
import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import { CAMPAIGN_STATES } from "#app/modules/campaigns/campaign.ts";
import type { CampaignListPage } from "#app/modules/campaigns/get-campaign-list.server.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { type Column, DataTable } from "../data-table.tsx";
import { NameLink } from "../name-link.tsx";
import { Num } from "../num.tsx";
import { Time } from "../time.tsx";
import { CampaignState } from "./campaign-state.tsx";

type Row = CampaignListPage["rows"][number];

/** Campaigns with their figures; each name leads to the campaign's own page. */
export function CampaignTable({ rows }: { rows: Row[] }) {
	const t = useT("campaigns");
	return <DataTable caption={t("list.caption")} rows={rows} rowKey={(row) => row.id} columns={useColumns()} />;
}

export function CampaignStateFilter({ now }: { now: string | null }) {
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

/** What the second leg has added. */
function SecondNote({ row }: { row: Row }) {
	const t = useT("fallback");
	const tc = useT("campaigns");
	const { locale } = usePage();
	if (row.secondChannel === null) return null;
	const channel = tc(`channel.${row.secondChannel}`);
	const count = row.secondReached ?? 0;
	return <span className="soft small second">{t("list", { channel, n: formatNumber(locale, count) })}</span>;
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
				<>
					<NameLink to={path(`campaigns/${row.id}`)}>{row.name}</NameLink>
					<SecondNote row={row} />
				</>
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
