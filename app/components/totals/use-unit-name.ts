import { formatMoment } from "#app/lib/format.ts";
import { usePage } from "#app/lib/page-context.ts";
import type { Period } from "#app/modules/totals/period.ts";

/** What a day ("2026-11-21") or a month ("2026-11") is called. */
export function useUnitName(unit: Period["unit"]): (key: string) => string {
	const { locale } = usePage();
	return (key) => formatMoment(locale, "UTC", Date.parse(key), unit === "day" ? "date" : "month");
}
