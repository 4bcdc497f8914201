import { countryName } from "#app/lib/country.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { ShownForecast, ShownMissing } from "#app/modules/pricing/shown-forecast.server.ts";
import { Alert } from "../alert.tsx";
import { DataTable } from "../data-table.tsx";
import { Num } from "../num.tsx";
import { Price } from "../pricing/price.tsx";

/** Countries on a page; their sum is of all. */
const SHOWN = 20;

/** What a campaign would cost by country. */
export function PriceForecast({ cost, missing }: { cost: ShownForecast | null; missing: ShownMissing | null }) {
	const t = useT("prices");
	const { locale } = usePage();
	const nameOf = (country: string) => (country === "" ? t("forecast.unknown") : countryName(locale, country));
	if (!cost && !missing) return null;
	return (
		<>
			<h2>{t("forecast.title")}</h2>
			{missing && (
				<Alert tone="bad">
					{t("forecast.missing", {
						countries: missing.countries.slice(0, SHOWN).map(nameOf).join(", "),
						whom: t(`forecast.${missing.whom}`),
					})}
				</Alert>
			)}
			{cost && <Cost cost={cost} nameOf={nameOf} />}
		</>
	);
}

function Cost({ cost, nameOf }: { cost: ShownForecast; nameOf: (country: string) => string }) {
	const t = useT("prices");
	const { currency } = cost;
	return (
		<>
			<DataTable
				caption={t("forecast.title")}
				rows={cost.rows.slice(0, SHOWN)}
				rowKey={(row) => row.country}
				columns={[
					{ key: "country", header: t("forecast.country"), isMain: true, cell: (row) => nameOf(row.country) },
					{ key: "people", header: t("forecast.people"), isNumber: true, cell: (row) => <Num value={row.people} /> },
					{
						key: "unit",
						header: t("forecast.unit"),
						isNumber: true,
						cell: (row) => <Price micros={row.unitMicros} currency={currency} />,
					},
					{
						key: "total",
						header: t("forecast.total"),
						isNumber: true,
						cell: (row) => <Price micros={row.totalMicros} currency={currency} />,
					},
				]}
			/>
			<dl className="facts">
				<dt>{t("forecast.all")}</dt>
				<dd>
					<Price micros={cost.totalMicros} currency={currency} />
				</dd>
				<dt>{t("forecast.balance")}</dt>
				<dd>
					<Price micros={cost.spendableMicros} currency={currency} />
				</dd>
			</dl>
			{cost.hasSecond && <p className="help">{t("forecast.pair")}</p>}
			{cost.smsParts !== null && cost.smsParts > 1 && (
				<p className="help">{t("forecast.parts", { count: cost.smsParts })}</p>
			)}
		</>
	);
}
