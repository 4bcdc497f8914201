import { useT } from "#app/lib/page-context.ts";
import type { getPriceHistory } from "#app/modules/pricing/get-price-list.server.ts";
import { DataTable } from "../data-table.tsx";
import { Pager } from "../pager.tsx";
import { Time } from "../time.tsx";
import { useLineNames } from "./line-names.ts";
import { Price } from "./price.tsx";

/** Everything that was ever set in a list. */
export function PriceHistory({ history }: { history: ReturnType<typeof getPriceHistory> }) {
	const t = useT("prices");
	const names = useLineNames();
	const { rows, currency } = history;
	return (
		<>
			<DataTable
				caption={t("history")}
				isCaptionShown
				rows={rows}
				rowKey={(row) => row.id}
				columns={[
					{ key: "line", header: t("line"), isMain: true, cell: (row) => names.whole(row) },
					{
						key: "price",
						header: t("price"),
						isNumber: true,
						cell: (row) =>
							row.unitMicros === null ? t("taken_back") : <Price micros={row.unitMicros} currency={currency} />,
					},
					{ key: "from", header: t("from"), cell: (row) => <Time atUtc={row.fromUtc} /> },
					{ key: "set", header: t("set_at"), cell: (row) => <Time atUtc={row.createdAtUtc} /> },
				]}
			/>
			<Pager isFirst={history.isFirst} after={history.nextAfter} />
		</>
	);
}
