import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { ListedPrice } from "#app/modules/pricing/get-price-list.server.ts";
import { DataTable } from "../data-table.tsx";
import { Time } from "../time.tsx";
import { useLineNames } from "./line-names.ts";
import { Price } from "./price.tsx";
import { usePriceColumns } from "./price-columns.tsx";

/** Lines of a list with the seller's own cost beside each. */
export function PriceTable(props: { rows: ListedPrice[]; currency: string; mayChange: boolean }) {
	const t = useT("prices");
	const names = useLineNames();
	const { rows, currency } = props;
	const priceColumns = usePriceColumns<ListedPrice>(currency);
	return (
		<DataTable
			caption={t("list")}
			rows={rows}
			rowKey={(row) => row.key}
			columns={[
				{
					key: "line",
					header: t("line"),
					isMain: true,
					cell: (row) =>
						props.mayChange ? (
							<Link discover="none" to={`?line=${row.key}#price`}>
								{names.whole(row)}
							</Link>
						) : (
							names.whole(row)
						),
				},
				...priceColumns,
				{
					key: "next",
					header: t("next"),
					cell: (row) =>
						row.next && (
							<>
								{row.next.unitMicros === null ? t("ends") : <Price micros={row.next.unitMicros} currency={currency} />}{" "}
								<Time atUtc={row.next.fromUtc} style="date" />
							</>
						),
				},
			]}
		/>
	);
}
