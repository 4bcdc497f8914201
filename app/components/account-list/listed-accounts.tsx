import { useLocation } from "@remix-run/react";
import { AccountState } from "#app/components/account-state.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { type Column, DataTable } from "#app/components/data-table.tsx";
import { Amount } from "#app/components/money/amount.tsx";
import { NameLink } from "#app/components/name-link.tsx";
import { Time } from "#app/components/time.tsx";
import { useT } from "#app/lib/page-context.ts";
import type { AccountFilter, AccountSort } from "#app/modules/accounts/account-filter.ts";
import type { ListedAccount } from "#app/modules/accounts/listed-account.ts";

/** The accounts of a scope; each header that it can be sorted by is a link that sorts, and turns the order round. */
export function ListedAccounts(props: {
	rows: ListedAccount[];
	filter: AccountFilter;
	/** Null: balances are not shown. */
	currency: string | null;
}) {
	const { rows, filter, currency } = props;
	const t = useT("lists");
	const ta = useT("accounts");
	const path = useCabinetPath();
	const { search } = useLocation();
	const sortBy = (sort: AccountSort): Column<ListedAccount>["sort"] => {
		const isNow = filter.sort === sort;
		const query = new URLSearchParams(search);
		query.delete("after");
		query.set("sort", isNow && !filter.isDescending ? `-${sort}` : sort);
		return { to: `?${query}`, now: isNow ? (filter.isDescending ? "descending" : "ascending") : undefined };
	};
	return (
		<DataTable
			caption={t("list.caption")}
			rows={rows}
			rowKey={(row) => row.id}
			columns={[
				{
					key: "name",
					header: ta("name"),
					isMain: true,
					sort: sortBy("name"),
					cell: (row) => <NameLink to={path(`accounts/${row.id}`)}>{row.name}</NameLink>,
				},
				{ key: "id", header: t("list.id"), isNumber: true, sort: sortBy("created"), cell: (row) => row.id },
				{ key: "login", header: t("list.login"), sort: sortBy("login"), cell: (row) => <bdi>{row.login}</bdi> },
				{ key: "kind", header: ta("kind.title"), cell: (row) => ta(`kind.${row.kind}`) },
				{ key: "state", header: ta("state.title"), cell: (row) => <AccountState state={row.state} /> },
				...(currency === null ? [] : [balanceColumn(t("list.balance", { currency }))]),
				{ key: "city", header: t("list.city"), sort: sortBy("city"), cell: (row) => <bdi>{row.city || "–"}</bdi> },
				{ key: "dealer", header: t("list.dealer"), cell: (row) => <Dealer of={row} /> },
				{
					key: "active",
					header: t("list.active"),
					sort: sortBy("active"),
					cell: (row) => (row.lastActiveAtUtc === null ? t("list.never") : <Time atUtc={row.lastActiveAtUtc} />),
				},
				{ key: "created", header: ta("created"), cell: (row) => <Time atUtc={row.createdAtUtc} style="date" /> },
			]}
		/>
	);
}

const balanceColumn = (header: string): Column<ListedAccount> => ({
	key: "balance",
	header,
	isNumber: true,
	cell: ({ balanceMicros }) => (balanceMicros === null ? "–" : <Amount micros={balanceMicros} />),
});

/** Leads to the list of the dealer's own branch. */
function Dealer({ of: { dealer } }: { of: ListedAccount }) {
	const path = useCabinetPath();
	if (!dealer) return "–";
	return <NameLink to={path(`accounts?dealer=${dealer.id}`)}>{dealer.name}</NameLink>;
}
