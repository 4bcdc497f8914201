import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Funnel } from "#app/modules/campaigns/campaign.ts";
import { type Fallback, secondFigures } from "#app/modules/fallback/second-figures.ts";
import { Num } from "../num.tsx";

const ROWS = ["Total", "Waiting", "Sent", "Delivered", "Read", "Lost", "Cancelled"] as const;

/** The second leg's figures, and how many people the two have reached together. Moved in place by enhance/live.js. */
export function SecondLeg({ first, second }: { first: Funnel; second: Fallback }) {
	const t = useT("fallback");
	const tc = useT("campaigns");
	const { locale } = usePage();
	const figures = secondFigures(first, second);
	const late = { count: second.late, n: formatNumber(locale, second.late), both: formatNumber(locale, second.both) };
	return (
		<section className="stack" aria-labelledby="second-leg">
			<h2 id="second-leg">{t("second", { channel: tc(`channel.${second.channel}`) })}</h2>
			<dl className="counts">
				<div>
					<dt>{t("figure.reached")}</dt>
					<dd className="figure" data-figure="reached">
						<Num value={figures.reached ?? 0} />
					</dd>
				</div>
				{ROWS.map((row) => (
					<div key={row}>
						<dt>{t(`figure.${row}`)}</dt>
						<dd className="figure" data-figure={`second${row}`}>
							<Num value={figures[`second${row}`] ?? 0} />
						</dd>
					</div>
				))}
			</dl>
			{second.late > 0 && <p data-late={second.late}>{t("late", late)}</p>}
		</section>
	);
}
