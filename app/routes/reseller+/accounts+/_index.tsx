import { data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { AccountFilterForm } from "#app/components/account-list/account-filter-form.tsx";
import { JumpBox } from "#app/components/account-list/jump-box.tsx";
import { ListedAccounts } from "#app/components/account-list/listed-accounts.tsx";
import { Alert } from "#app/components/alert.tsx";
import { LinkButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { EmptyState } from "#app/components/empty-state.tsx";
import { useRights } from "#app/components/frame/root-data.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { isBalanceWrong, isFiltered, readAccountFilter } from "#app/modules/accounts/account-filter.ts";
import { jumpTo } from "#app/modules/accounts/jump-to.server.ts";
import { listAccounts } from "#app/modules/accounts/list-accounts.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("accounts:list.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const query = new URL(request.url).searchParams;
	const go = query.get("go");
	if (go !== null) throw redirect(readBooks((tx) => jumpTo(tx, actor, go)));
	const filter = readAccountFilter(query);
	const list = readBooks((tx) => listAccounts(tx, actor, filter));
	const shown = { ...list, dealer: list.dealer ?? null, isDealerUnknown: list.dealer === undefined, filter };
	return data(shown, { status: list.currency !== null && isBalanceWrong(filter) ? 422 : 200 });
}

export default function Accounts() {
	const t = useT("lists");
	const ta = useT("accounts");
	const may = useRights();
	const path = useCabinetPath();
	const { rows, nextAfter, lookedThrough, isNewestFirst, dealer, isDealerUnknown, filter, currency } =
		useLoaderData<typeof loader>();
	const isFirst = !filter.after;
	const hasNone = rows.length === 0 && nextAfter === null && isFirst;
	return (
		<div className="stack">
			<PageHeader
				title={ta("list.title")}
				note={dealer ? t("list.branch_of", { name: dealer.name }) : t("list.caption")}
				action={may("accounts.create") && <LinkButton to={path("accounts/new")}>{t("list.new")}</LinkButton>}
			/>
			<JumpBox />
			<AccountFilterForm filter={filter} currency={currency} />
			{isDealerUnknown && <Alert tone="warn">{t("filter.no_dealer", { typed: filter.dealer })}</Alert>}
			{hasNone && !isFiltered(filter) && <EmptyState title={ta("list.empty")}>{ta("list.empty_text")}</EmptyState>}
			{hasNone && isFiltered(filter) && !isDealerUnknown && <p>{t("list.none_found")}</p>}
			{isNewestFirst && <Alert tone="info">{t("list.newest_first")}</Alert>}
			{rows.length > 0 && <ListedAccounts rows={rows} filter={filter} currency={currency} />}
			{lookedThrough !== null && <Alert tone="info">{t("list.looked_through", { count: lookedThrough })}</Alert>}
			<Pager isFirst={isFirst} after={nextAfter} />
			<p className="small">
				<Link discover="none" to={path("accounts/left")}>
					{t("left.title")}
				</Link>
				{" · "}
				<Link discover="none" to={path("waits")}>
					{t("bounds:waits.title")}
				</Link>
			</p>
		</div>
	);
}
