import type { ReactNode } from "react";
import { useT } from "#app/lib/page-context.ts";
import type { Sums } from "#app/modules/totals/sums.ts";
import { type Column, DataTable } from "../data-table.tsx";
import { Amount } from "../money/amount.tsx";
import { Num, Share } from "../num.tsx";

/** Rows of sums, each named by `cell`: for a client what it spent, else revenue, cost and what is left. `isShared`: with each one's part of all. */
export function SumsTable<Row extends Sums>(props: {
	caption: string;
	header: string;
	rows: readonly Row[];
	rowKey: (row: Row) => string | number;
	cell: (row: Row) => ReactNode;
	currency: string;
	isClient: boolean;
	isShared?: boolean;
}) {
	const t = useT("totals");
	const { currency, isClient, rows } = props;
	const main = (row: Sums) => (isClient ? row.costMicros : row.revenueMicros);
	const all = rows.reduce((sum, row) => sum + Math.max(0, main(row)), 0);
	const money = (key: string, micros: (row: Row) => number): Column<Row> => ({
		...{ key, header: t(`${key}_in`, { currency }), isNumber: true },
		cell: (row) => <Amount micros={micros(row)} />,
	});
	const columns: Column<Row>[] = [
		{ key: "name", header: props.header, isMain: true, cell: props.cell },
		{ key: "messages", header: t("messages"), isNumber: true, cell: (row) => <Num value={row.messages} /> },
		...(isClient
			? [money("spent", (row) => row.costMicros)]
			: [
					money("revenue", (row) => row.revenueMicros),
					money("cost", (row) => row.costMicros),
					money("margin", (row) => row.revenueMicros - row.costMicros),
				]),
	];
	if (props.isShared)
		columns.push({
			...{ key: "share", header: t(isClient ? "share_spent" : "share"), isNumber: true },
			cell: (row) => (
				<span className="part">
					<Share part={Math.max(0, main(row))} of={all} />
					<span className="track" aria-hidden="true">
						<span style={{ inlineSize: `${all > 0 ? (Math.max(0, main(row)) / all) * 100 : 0}%` }} />
					</span>
				</span>
			),
		});
	return <DataTable caption={props.caption} isCaptionShown rows={rows} rowKey={props.rowKey} columns={columns} />;
}
