import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { AccountPage } from "#app/modules/accounts/get-account-page.server.ts";
import { AccountState } from "../account-state.tsx";
import { LinkButton } from "../button.tsx";
import { useCabinetPath } from "../cabinet-path.ts";
import { DataTable } from "../data-table.tsx";
import { useRights } from "../frame/root-data.ts";
import { NameLink } from "../name-link.tsx";
import { Num } from "../num.tsx";

/** A look at the accounts directly below a dealer, and where one more is made. */
export function AccountsBelow({ page }: { page: AccountPage }) {
	const t = useT("accounts");
	const path = useCabinetPath();
	const may = useRights();
	const { account, below } = page;
	const caption = t("list.caption_of", { name: account.name });
	const canAdd = may("accounts.create") && account.state !== "closed";
	return (
		<section>
			<div className="head">
				<h2>{caption}</h2>
				{canAdd && (
					<LinkButton to={path(`accounts/new?under=${account.id}`)} weight="quiet">
						{t("new.link")}
					</LinkButton>
				)}
			</div>
			{below.few.length === 0 ? (
				<p className="soft">{t("list.none_of")}</p>
			) : (
				<DataTable
					caption={caption}
					rows={below.few}
					rowKey={(row) => row.id}
					columns={[
						{
							key: "name",
							header: t("name"),
							isMain: true,
							cell: (row) => <NameLink to={path(`accounts/${row.id}`)}>{row.name}</NameLink>,
						},
						{ key: "kind", header: t("kind.title"), cell: (row) => t(`kind.${row.kind}`) },
						{ key: "state", header: t("state.title"), cell: (row) => <AccountState state={row.state} /> },
						{
							key: "size",
							header: t("list.branch"),
							isNumber: true,
							cell: (row) => <Num value={row.branchSize - 1} />,
						},
					]}
				/>
			)}
			{below.hasMore && (
				<p>
					<Link discover="none" to={path(`accounts?dealer=${account.id}&direct=1`)}>
						{t("list.all_of")}
					</Link>
				</p>
			)}
		</section>
	);
}
