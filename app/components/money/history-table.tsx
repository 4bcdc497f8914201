import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { HistoryLine } from "#app/modules/money/name-lines.server.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { DataTable } from "../data-table.tsx";
import { FeeName } from "../fees/fee-name.tsx";
import { NameLink } from "../name-link.tsx";
import { Time } from "../time.tsx";
import { Amount } from "./amount.tsx";
import { PartyName } from "./party.tsx";

/** What went in and out of one book, each with the balance after it. */
export function HistoryTable({ rows, currency }: { rows: readonly HistoryLine[]; currency: string }) {
	const t = useT("money");
	return (
		<DataTable
			caption={t("history.caption")}
			rows={rows}
			rowKey={(row) => row.id}
			columns={[
				{ key: "when", header: t("history.when"), cell: (row) => <Time atUtc={row.atUtc} /> },
				{ key: "what", header: t("history.what"), isMain: true, cell: (row) => <What line={row} /> },
				{
					key: "amount",
					header: t("history.amount", { currency }),
					isNumber: true,
					cell: (row) => <Amount micros={row.amountMicros} isSigned />,
				},
				{
					key: "after",
					header: t("history.after", { currency }),
					isNumber: true,
					cell: (row) => <Amount micros={row.balanceMicros} />,
				},
			]}
		/>
	);
}

function What({ line }: { line: HistoryLine }) {
	const t = useT("money");
	const { locale } = usePage();
	const path = useCabinetPath();
	const { kind, party, campaignId, campaignName, quantity, note, amountMicros, fee } = line;
	return (
		<>
			{t(`kind.${kind}`)}
			{fee && (
				<>
					{" · "}
					<FeeName fee={fee} />
				</>
			)}
			{party && (
				<>
					{" · "}
					{t(amountMicros < 0 ? "party.to" : "party.from")} <PartyName party={party} />
				</>
			)}
			{campaignName !== null && (
				<>
					{" · "}
					<NameLink to={path(`campaigns/${campaignId}`)}>{campaignName}</NameLink>
				</>
			)}
			{quantity !== null && ` · ${t("history.messages", { count: quantity, n: formatNumber(locale, quantity) })}`}
			{note !== "" && (
				<div className="soft small lines" dir="auto">
					{note}
				</div>
			)}
		</>
	);
}
