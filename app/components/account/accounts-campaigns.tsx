import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { AccountsCampaign } from "#app/modules/accounts/get-account-page.server.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { CampaignState } from "../campaign/campaign-state.tsx";
import { DataTable } from "../data-table.tsx";
import { NameLink } from "../name-link.tsx";
import { Num } from "../num.tsx";
import { Time } from "../time.tsx";

/** The newest campaigns of an account; each name leads to the campaign, `all` to the whole list. */
export function AccountsCampaigns(props: { rows: AccountsCampaign[]; all: string }) {
	const t = useT("accounts");
	const tc = useT("campaigns");
	const path = useCabinetPath();
	return (
		<section>
			<h2>{t("campaigns.title")}</h2>
			{props.rows.length === 0 ? (
				<p className="soft">{t("campaigns.none")}</p>
			) : (
				<>
					<DataTable
						caption={t("campaigns.title")}
						rows={props.rows}
						rowKey={(row) => row.id}
						columns={[
							{
								key: "name",
								header: tc("list.name"),
								isMain: true,
								cell: (row) => <NameLink to={path(`campaigns/${row.id}`)}>{row.name}</NameLink>,
							},
							{ key: "state", header: t("state.title"), cell: (row) => <CampaignState state={row.state} /> },
							{
								key: "all",
								header: t("campaigns.messages"),
								isNumber: true,
								cell: (row) => <Num value={row.messageCount} />,
							},
							{
								key: "done",
								header: t("campaigns.delivered"),
								isNumber: true,
								cell: (row) => <Num value={row.delivered} />,
							},
							{ key: "read", header: t("campaigns.read"), isNumber: true, cell: (row) => <Num value={row.read} /> },
							{ key: "at", header: t("created"), cell: (row) => <Time atUtc={row.createdAtUtc} style="date" /> },
						]}
					/>
					<p>
						<Link discover="none" to={props.all}>
							{t("campaigns.all")}
						</Link>
					</p>
				</>
			)}
		</section>
	);
}
