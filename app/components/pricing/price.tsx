import { formatNumber } from "#app/lib/format.ts";
import { formatMoney } from "#app/lib/micros.ts";
import { usePage } from "#app/lib/page-context.ts";

/** A price with its currency; a dash where there is none: `<Price micros={row.unitMicros} currency="EUR" />`. */
export function Price({ micros, currency }: { micros: number | null; currency: string }) {
	const { locale } = usePage();
	if (micros === null) return <span className="soft">–</span>;
	return <bdi className="nowrap">{formatMoney(locale, micros, currency)}</bdi>;
}

/** What is earned by a price, and its share of the price. Below zero it is a loss. */
export function Margin(props: { priceMicros: number | null; costMicros: number | null; currency: string }) {
	const { locale } = usePage();
	const { priceMicros, costMicros, currency } = props;
	if (priceMicros === null || costMicros === null) return <span className="soft">–</span>;
	const margin = priceMicros - costMicros;
	const share =
		priceMicros > 0 ? formatNumber(locale, margin / priceMicros, { style: "percent", maximumFractionDigits: 1 }) : "";
	return (
		<bdi className={margin < 0 ? "nowrap error" : "nowrap"}>
			{formatMoney(locale, margin, currency)} {share && `(${share})`}
		</bdi>
	);
}
