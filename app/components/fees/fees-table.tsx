import type { ReactNode } from "react";
import { formatMonth } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { ShownFee } from "#app/modules/fees/get-fees-page.server.ts";
import { DataTable } from "../data-table.tsx";
import { Price } from "../pricing/price.tsx";
import { StatusDot } from "../status-dot.tsx";
import { FeeName } from "./fee-name.tsx";

/** Monthly fees, each with how it stands. */
export function FeesTable(props: {
	fees: readonly ShownFee[];
	currency: string;
	/** What can be done with one. */
	deed?: (fee: ShownFee) => ReactNode;
}) {
	const t = useT("fees");
	const { locale } = usePage();
	const { fees, currency, deed } = props;
	return (
		<DataTable
			caption={t("title")}
			rows={fees}
			rowKey={(row) => row.id}
			columns={[
				{ key: "what", header: t("what"), isMain: true, cell: (row) => <What fee={row} /> },
				{
					key: "amount",
					header: t("amount"),
					isNumber: true,
					cell: (row) => <Price micros={row.amountMicros} currency={currency} />,
				},
				{ key: "from", header: t("from"), cell: (row) => formatMonth(locale, row.fromMonth) },
				{ key: "last", header: t("last"), cell: (row) => <Last fee={row} /> },
				{ key: "state", header: t("state"), cell: (row) => <State fee={row} /> },
				...(deed ? [{ key: "deed", header: t("deed"), cell: deed }] : []),
			]}
		/>
	);
}

function What({ fee }: { fee: ShownFee }) {
	return (
		<>
			<FeeName fee={{ channel: fee.channel, sender: fee.sender }} />
			{fee.note && (
				<div className="soft small lines" dir="auto">
					{fee.note}
				</div>
			)}
		</>
	);
}

function Last({ fee: { fromMonth, lastMonth } }: { fee: ShownFee }) {
	const t = useT("fees");
	const { locale } = usePage();
	if (lastMonth === null) return <>{t("no_end")}</>;
	return <>{lastMonth < fromMonth ? t("never") : formatMonth(locale, lastMonth)}</>;
}

function State({ fee }: { fee: ShownFee }) {
	const t = useT("fees");
	const { locale } = usePage();
	const month = formatMonth(locale, fee.nextMonth);
	if (fee.isOver) return <StatusDot tone="idle">{t("is_over")}</StatusDot>;
	if (fee.unpaidSinceUtc !== null) return <StatusDot tone="bad">{t("is_unpaid", { month })}</StatusDot>;
	return <StatusDot tone="good">{t("next", { month })}</StatusDot>;
}
