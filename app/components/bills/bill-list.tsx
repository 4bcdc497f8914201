import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { listBills } from "#app/modules/bills/list-bills.server.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { DataTable } from "../data-table.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Money } from "../money/amount.tsx";
import { PageHeader } from "../page-header.tsx";
import { Pager } from "../pager.tsx";
import { StatusDot } from "../status-dot.tsx";
import { Time } from "../time.tsx";
import { useDays } from "./use-days.ts";

const TONES = { issued: "good", cancelled: "idle", cancelling: "warn" } as const;

/** Bills that an account has issued, or was given. */
export function BillList({ page, isFirst }: { page: ReturnType<typeof listBills>; isFirst: boolean }) {
	const t = useT("bills");
	const path = useCabinetPath();
	const days = useDays();
	const { list, hasBoth, bills } = page;
	return (
		<div className="stack">
			<PageHeader title={t("title")} />
			{hasBoth && (
				<nav className="filters" aria-label={t("which")}>
					{(["issued", "received"] as const).map((one) => (
						<Link
							key={one}
							discover="none"
							to={one === "issued" ? "?" : "?of=received"}
							aria-current={one === list ? "page" : undefined}
						>
							{t(`list.${one}`)}
						</Link>
					))}
				</nav>
			)}
			{bills.length === 0 && isFirst && <EmptyState title={t(`none.${list}`)}>{t(`none.${list}_text`)}</EmptyState>}
			{bills.length > 0 && (
				<DataTable
					caption={t(`list.${list}`)}
					rows={bills}
					rowKey={({ id }) => id}
					columns={[
						{
							...{ key: "number", header: t("bill"), isMain: true },
							cell: ({ id, number }) => (
								<Link discover="none" to={path(`bills/${id}`)}>
									{t("number", { number })}
								</Link>
							),
						},
						{
							key: "name",
							header: t(list === "issued" ? "buyer" : "seller"),
							cell: ({ name }) => <bdi>{name}</bdi>,
						},
						{ key: "period", header: t("period"), cell: ({ fromDay, toDay }) => days(fromDay, toDay) },
						{
							key: "issued",
							header: t("issued"),
							cell: ({ issuedAtUtc }) => <Time atUtc={issuedAtUtc} style="date" />,
						},
						{
							key: "state",
							header: t("state.title"),
							cell: ({ state }) => <StatusDot tone={TONES[state]}>{t(`state.${state}`)}</StatusDot>,
						},
						{
							...{ key: "total", header: t("total"), isNumber: true },
							cell: ({ totalMicros, currency }) => <Money micros={totalMicros} currency={currency} />,
						},
					]}
				/>
			)}
			<Pager isFirst={isFirst} after={page.nextAfter} />
		</div>
	);
}
