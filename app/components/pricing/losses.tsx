import { useT } from "#app/lib/page-context.ts";
import type { ShownLosses } from "#app/modules/pricing/losses-shown.server.ts";
import { DataTable } from "../data-table.tsx";
import { useLineNames } from "./line-names.ts";
import { Price } from "./price.tsx";

/** Who would lose by what is about to be saved, and the box that says that it is meant. Stands within the form. */
export function Losses(props: {
	losses: ShownLosses;
	currency: string;
	/** What the box says, where it is no price that is saved. */
	meant?: string;
}) {
	const { losses, currency } = props;
	const t = useT("prices");
	const names = useLineNames();
	const { rows, count, isCut, hash } = losses;
	return (
		<>
			<DataTable
				caption={t("losses.title")}
				isCaptionShown
				rows={rows}
				rowKey={(row) => [row.sellerId, row.buyerId, row.channel, row.country, row.kind].join(" ")}
				columns={[
					{ key: "seller", header: t("losses.seller"), isMain: true, cell: (row) => <bdi>{row.sellerName}</bdi> },
					{
						key: "buyer",
						header: t("losses.buyer"),
						cell: (row) => (row.buyerId === 0 ? t("everybody_below") : <bdi>{row.buyerName}</bdi>),
					},
					{ key: "line", header: t("line"), cell: (row) => names.whole(row) },
					{
						key: "price",
						header: t("price"),
						isNumber: true,
						cell: (row) =>
							row.priceMicros === null ? t("losses.none") : <Price micros={row.priceMicros} currency={currency} />,
					},
					{
						key: "cost",
						header: t("losses.cost"),
						isNumber: true,
						cell: (row) =>
							row.costMicros === null ? t("losses.none") : <Price micros={row.costMicros} currency={currency} />,
					},
					{
						key: "loss",
						header: t("losses.loss"),
						isNumber: true,
						cell: ({ priceMicros, costMicros }) => (
							<Price
								micros={priceMicros === null || costMicros === null ? null : costMicros - priceMicros}
								currency={currency}
							/>
						),
					},
				]}
			/>
			{(count > rows.length || isCut) && (
				<p className="help">{t(isCut ? "losses.at_least" : "losses.of", { count })}</p>
			)}
			<label className="choice">
				<input type="checkbox" name="meant" value={hash} />
				<span>{props.meant ?? t("losses.meant")}</span>
			</label>
		</>
	);
}
