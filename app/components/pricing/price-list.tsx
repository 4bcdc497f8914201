import { Link, useLocation } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { getPriceListPage } from "#app/modules/pricing/get-price-list.server.ts";
import type { FailedPrice } from "#app/modules/pricing/save-price.server.ts";
import { EmptyState } from "../empty-state.tsx";
import { useRights } from "../frame/root-data.ts";
import { Pager } from "../pager.tsx";
import { PriceForm } from "./price-form.tsx";
import { PriceHistory } from "./price-history.tsx";
import { PriceTable } from "./price-table.tsx";

/** A list of prices with the form of a line, or its history. */
export function PriceList(props: {
	page: ReturnType<typeof getPriceListPage>;
	failed: FailedPrice | undefined;
	many: string;
}) {
	const t = useT("prices");
	const may = useRights();
	const { pathname } = useLocation();
	const { list, history } = props.page;
	return (
		<>
			<nav className="filters" aria-label={t("list")}>
				<Link discover="none" to={pathname} aria-current={list ? "page" : undefined}>
					{t("now")}
				</Link>
				<Link discover="none" to={`${pathname}?show=history`} aria-current={history ? "page" : undefined}>
					{t("history")}
				</Link>
				{may("prices.update") && (
					<Link discover="none" to={props.many}>
						{t("many.title")}
					</Link>
				)}
			</nav>
			{history && <PriceHistory history={history} />}
			{list && (
				<>
					{list.rows.length === 0 && (
						<EmptyState title={t("empty")}>{t(list.buyer.id ? "empty_own" : "empty_all")}</EmptyState>
					)}
					{list.rows.length > 0 && (
						<PriceTable rows={list.rows} currency={list.currency} mayChange={may("prices.update")} />
					)}
					<Pager isFirst={list.isFirst} after={list.nextAfter} />
					{may("prices.update") && <PriceForm key={list.chosen?.key} page={list} failed={props.failed} />}
				</>
			)}
		</>
	);
}
