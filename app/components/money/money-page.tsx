import { Link } from "@remix-run/react";
import { formatMicros, formatMoney } from "#app/lib/micros.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { MoneyPage as Data } from "#app/modules/money/get-money-page.server.ts";
import { type HistoryFilter, isFiltered, writeHistoryFilter } from "#app/modules/money/history-filter.ts";
import { MOVES } from "#app/modules/money/move-deed.ts";
import { Alert } from "../alert.tsx";
import { useCabinetPath } from "../cabinet-path.ts";
import { useRights, useRoot } from "../frame/root-data.ts";
import { PageHeader } from "../page-header.tsx";
import { Pager } from "../pager.tsx";
import { BalanceFacts } from "./balance-facts.tsx";
import { ExportForms } from "./export-forms.tsx";
import { HistoryFilterForm } from "./history-filter-form.tsx";
import { HistoryTable } from "./history-table.tsx";

/** An account's money: what it has, what can be done with it, and the history of one of its books. */
export function MoneyPage({ page, filter, isFirst }: { page: Data; filter: HistoryFilter; isFirst: boolean }) {
	const t = useT("money");
	const path = useCabinetPath();
	const { locale } = usePage();
	const { account, currency, balance, lines, done } = page;
	const isBelow = !account.isOwn;
	const base = isBelow ? path(`accounts/${account.id}/money`) : path("money");
	return (
		<div className="stack">
			<PageHeader
				title={isBelow ? t("title_of", { name: account.name }) : t("title")}
				action={<ExportForms to={`${base}/export?${writeHistoryFilter(filter)}`} />}
				back={isBelow ? { to: path(`accounts/${account.id}`), label: account.name } : undefined}
			/>
			{done && (
				<Alert tone="good">
					{t("done", {
						amount: formatMicros(locale, done.amountMicros, true),
						balance: formatMoney(locale, done.balanceMicros, currency),
					})}
				</Alert>
			)}
			{page.copies && <p className="soft small">{t(`copies.${page.copies}`)}</p>}
			{balance.owedMicros > 0 && <Alert tone="warn">{t(isBelow ? "owes_below" : "owes")}</Alert>}
			<BalanceFacts balance={balance} currency={currency} />
			<MoveLinks page={page} base={base} />
			<h2>{t("history.title")}</h2>
			<BookLinks books={page.books} filter={filter} />
			<HistoryFilterForm filter={filter} />
			{lines.length > 0 ? (
				<HistoryTable rows={lines} currency={currency} />
			) : (
				<p>
					{t(
						page.nextBefore !== null ? "history.none_so_far" : isFiltered(filter) ? "history.none_fit" : "history.none",
					)}
				</p>
			)}
			<Pager isFirst={isFirst} after={page.nextBefore} />
		</div>
	);
}

/** What can be done with the money, and its statement; each has a page of its own. */
function MoveLinks({ page: { account, mayMove }, base }: { page: Data; base: string }) {
	const t = useT("money");
	const may = useRights();
	const kind = useRoot()?.viewer?.kind;
	const path = useCabinetPath();
	const below = account.isClosed ? (["zero"] as const) : MOVES;
	const own = [
		...(kind === "admin" ? (["deposit", "withdraw"] as const) : []),
		...(kind !== "client" && may("accounts.read") ? (["top-up"] as const) : []),
	];
	const deeds = mayMove ? (account.isOwn ? own : below) : [];
	return (
		<nav className="filters" aria-label={t("deeds")}>
			{[...deeds, "statement" as const].map((deed) => (
				<Link key={deed} discover="none" to={`${base}/${deed}`}>
					{t(deed === "top-up" && account.isOwn ? "top_up.title" : `deed.${deed}`)}
				</Link>
			))}
			{account.isOwn && (
				<Link discover="none" to={path("limits")}>
					{t("bounds:title")}
				</Link>
			)}
		</nav>
	);
}

function BookLinks({ books, filter }: { books: Data["books"]; filter: HistoryFilter }) {
	const t = useT("money");
	if (books.length < 2) return null;
	return (
		<nav className="filters" aria-label={t("books")}>
			{books.map((book) => (
				<Link
					key={book}
					discover="none"
					to={`?${writeHistoryFilter({ ...filter, book })}`}
					aria-current={book === filter.book ? "page" : undefined}
				>
					{t(`book.${book}`)}
				</Link>
			))}
		</nav>
	);
}
