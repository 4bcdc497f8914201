import { countryName } from "#app/lib/country.ts";
import { formatDuration, formatMoment } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { FiguresPage } from "#app/modules/figures/get-figures-page.server.ts";
import { type Column, DataTable } from "../data-table.tsx";
import { Num, Share } from "../num.tsx";

type Line = FiguresPage["countries"][number] | FiguresPage["times"][number];

/** What the tables by country and by time have in common. */
function useColumns(): Column<Line>[] {
	const t = useT("figures");
	return [
		{ key: "tried", header: t("tried"), isNumber: true, cell: (row) => <Num value={row.tried} /> },
		{
			key: "delivered",
			header: t("delivered"),
			isNumber: true,
			cell: (row) => <Share part={row.delivered} of={row.taken} />,
		},
		{ key: "median", header: t("median"), isNumber: true, cell: (row) => <Span ms={row.medianMs} /> },
		{ key: "errors", header: t("errors"), isNumber: true, cell: (row) => <Share part={row.errors} of={row.tried} /> },
	];
}

/** "1 hr 5 min"; a dash for none. */
export function Span({ ms }: { ms: number | null }) {
	const { locale } = usePage();
	return <>{ms === null ? "–" : formatDuration(locale, ms)}</>;
}

export function CountryTable({ countries }: Pick<FiguresPage, "countries">) {
	const t = useT("figures");
	const { locale } = usePage();
	const columns = useColumns() as Column<FiguresPage["countries"][number]>[];
	const name = (code: string) => (code === "" ? t("no_country") : countryName(locale, code));
	return (
		<DataTable
			caption={t("by_country")}
			isCaptionShown
			rows={countries}
			rowKey={(row) => row.country}
			columns={[{ key: "country", header: t("country"), isMain: true, cell: (row) => name(row.country) }, ...columns]}
		/>
	);
}

export function TimeTable({ times, period }: Pick<FiguresPage, "times" | "period">) {
	const t = useT("figures");
	const { locale, timeZone } = usePage();
	const columns = useColumns() as Column<FiguresPage["times"][number]>[];
	const style = period === "day" ? "dateTime" : "date";
	return (
		<DataTable
			caption={period === "day" ? t("by_hour") : t("by_day")}
			isCaptionShown
			rows={times}
			rowKey={(row) => row.at}
			columns={[
				{
					key: "at",
					header: t("time"),
					isMain: true,
					cell: (row) => (
						<time dateTime={new Date(row.at).toISOString()} title={new Date(row.at).toISOString()}>
							{formatMoment(locale, timeZone, row.at, style)}
						</time>
					),
				},
				...columns,
			]}
		/>
	);
}

export function CauseTable({ causes, tried }: Pick<FiguresPage, "causes"> & { tried: number }) {
	const t = useT("figures");
	const tc = useT("causes");
	return (
		<DataTable
			caption={t("by_cause")}
			isCaptionShown
			rows={causes}
			rowKey={(row) => row.cause}
			columns={[
				{
					key: "cause",
					header: t("cause"),
					isMain: true,
					cell: (row) => tc(`${row.cause}.what` as "unspecified.what"),
				},
				{ key: "count", header: t("messages"), isNumber: true, cell: (row) => <Num value={row.count} /> },
				{
					key: "share",
					header: t("share_of_tried"),
					isNumber: true,
					cell: (row) => <Share part={row.count} of={tried} />,
				},
			]}
		/>
	);
}
