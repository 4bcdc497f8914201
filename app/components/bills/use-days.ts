import { formatMoment } from "#app/lib/format.ts";
import { usePage } from "#app/lib/page-context.ts";

const DAY_MS = 86_400_000;

/** A period of days of UTC, both included: "1 Nov 2026 – 30 Nov 2026". */
export function useDays(): (fromDay: number, toDay: number) => string {
	const { locale } = usePage();
	const name = (day: number) => formatMoment(locale, "UTC", day * DAY_MS, "date");
	return (fromDay, toDay) => (fromDay === toDay ? name(fromDay) : `${name(fromDay)} – ${name(toDay)}`);
}
