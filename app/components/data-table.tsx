import { Link } from "@remix-run/react";
import type { ReactNode } from "react";

export interface Column<Row> {
	key: string;
	header: string;
	cell: (row: Row) => ReactNode;
	/** Figures stand at the end edge. */
	isNumber?: boolean;
	/** The column that names the row; the title of its card on a phone. */
	isMain?: boolean;
	/** Where a click on the header leads, and how the column is sorted now. */
	sort?: { to: string; now?: "ascending" | "descending" };
}

/**
 * Rows of figures and words; under 640 px each row becomes a card whose lines are named by the headers.
 *
 * ```tsx
 * <DataTable caption={t("list.caption")} rows={campaigns} rowKey={(row) => row.id} columns={[
 *   { key: "name", header: t("list.name"), isMain: true, cell: (row) => <Link discover="none" to={String(row.id)} dir="auto">{row.name}</Link> },
 *   { key: "sent", header: t("list.sent"), isNumber: true, cell: (row) => <Num value={row.sent} /> },
 * ]} />
 * ```
 */
export function DataTable<Row>(props: {
	caption: string;
	/** Shown to everybody, not only read out. */
	isCaptionShown?: boolean;
	rows: readonly Row[];
	rowKey: (row: Row) => string | number;
	columns: Column<Row>[];
}) {
	const classOf = (column: Column<Row>) =>
		[column.isNumber && "end", column.isMain && "main"].filter(Boolean).join(" ") || undefined;
	return (
		<table className="table">
			<caption className={props.isCaptionShown ? undefined : "hidden"}>{props.caption}</caption>
			<thead>
				<tr>
					{props.columns.map((column) => (
						<th key={column.key} scope="col" className={classOf(column)} aria-sort={column.sort?.now}>
							{column.sort ? (
								<Link discover="none" to={column.sort.to}>
									{column.header}
								</Link>
							) : (
								column.header
							)}
							{column.sort?.now === "ascending" && " ↑"}
							{column.sort?.now === "descending" && " ↓"}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{props.rows.map((row) => (
					<tr key={props.rowKey(row)}>
						{props.columns.map((column) => (
							<td key={column.key} className={classOf(column)} data-label={column.header}>
								{column.cell(row)}
							</td>
						))}
					</tr>
				))}
			</tbody>
		</table>
	);
}
