import { useId } from "react";
import { formatMoney } from "#app/lib/micros.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Totals } from "#app/modules/totals/get-totals.server.ts";
import { allUnits } from "#app/modules/totals/period.ts";
import { barShapes, HEIGHT, STEP } from "./bar-shapes.ts";
import { useUnitName } from "./use-unit-name.ts";

/** Bars over the period: what is paid on and what is left of it; for a client what it spent. The table beneath says the same in figures. */
export function TimeChart({ totals: { byDay, period, isClient, currency } }: { totals: Totals }) {
	const t = useT("totals");
	const { locale } = usePage();
	const nameOf = useUnitName(period.unit);
	const id = useId();
	const units = allUnits(period);
	const sums = new Map(byDay.map((one) => [one.key, one]));
	const bars = units.map((unit) => {
		const one = sums.get(unit);
		return one
			? {
					...one,
					revenueMicros: isClient ? one.costMicros : one.revenueMicros,
					costMicros: isClient ? 0 : one.costMicros,
				}
			: null;
	});
	const { cost, gain, loss, steps, topMicros } = barShapes(bars);
	const topAt = bars.findIndex((bar) => bar && Math.max(bar.revenueMicros, bar.costMicros) === topMicros);
	if (topAt < 0) return null;
	const finding = t(period.unit === "day" ? "chart.top_day" : "chart.top_month", {
		when: nameOf(units[topAt]!),
		sum: formatMoney(locale, topMicros, currency),
	});
	return (
		<figure className="chart">
			<figcaption>{finding}</figcaption>
			<svg
				className="flip"
				viewBox={`0 0 ${steps * STEP} ${HEIGHT}`}
				preserveAspectRatio="none"
				role="img"
				aria-labelledby={`${id}t ${id}d`}
			>
				<title id={`${id}t`}>{finding}</title>
				<desc id={`${id}d`}>{t(isClient ? "chart.about_spent" : "chart.about")}</desc>
				<path d={`M0 0h${steps * STEP}M0 50h${steps * STEP}`} />
				<path data-bar="cost" d={cost} />
				<path data-bar="gain" d={gain} />
				<path data-bar="loss" d={loss} />
			</svg>
			<div className="row ends">
				<span>{nameOf(units[0]!)}</span>
				{units.length >= 14 && <span>{nameOf(units.at(-1)!)}</span>}
			</div>
			{!isClient && (
				<ul className="legend">
					{(["cost", "gain", "loss"] as const).map(
						(part) =>
							(part !== "loss" || loss) && (
								<li key={part}>
									<span className="swatch" data-bar={part} />
									{t(`chart.${part}`)}
								</li>
							),
					)}
				</ul>
			)}
		</figure>
	);
}
