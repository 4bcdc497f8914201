import { useT } from "#app/lib/page-context.ts";
import type { Column } from "../data-table.tsx";
import { Margin, Price } from "./price.tsx";

/** Columns of lines that somebody sells: the price, what it costs the seller, and what is left. */
export function usePriceColumns<Row extends { unitMicros: number | null; costMicros: number | null }>(
	currency: string,
): Column<Row>[] {
	const t = useT("prices");
	return [
		{
			key: "price",
			header: t("price"),
			isNumber: true,
			cell: (row) => <Price micros={row.unitMicros} currency={currency} />,
		},
		{
			key: "cost",
			header: t("cost"),
			isNumber: true,
			cell: (row) => <Price micros={row.costMicros} currency={currency} />,
		},
		{
			key: "margin",
			header: t("margin"),
			isNumber: true,
			cell: (row) => <Margin priceMicros={row.unitMicros} costMicros={row.costMicros} currency={currency} />,
		},
	];
}
