import { formatMoment, formatNumber } from "#app/lib/format.ts";
import { formatMoney } from "#app/lib/micros.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Standing } from "#app/modules/limits/get-limits-page.server.ts";

/** What has been spent and sent today, against what may be. */
export function StandingFacts({ standing }: { standing: Standing }) {
	const t = useT("bounds");
	const { locale } = usePage();
	const { currency, spentMicros, capMicros, messages, allowed, resetsAtUtc, timeZone } = standing;
	const money = (micros: number) => formatMoney(locale, micros, currency);
	const count = (n: number) => formatNumber(locale, n);
	return (
		<dl className="facts">
			<dt>{t("fact.spent")}</dt>
			<dd>
				{capMicros === null
					? t("fact.spent_free", { spent: money(spentMicros) })
					: t("fact.of", { part: money(spentMicros), whole: money(capMicros) })}
			</dd>
			<dt>{t("fact.begun")}</dt>
			<dd>
				{allowed === null
					? t("fact.begun_free", { n: count(messages) })
					: t("fact.of", { part: count(messages), whole: count(allowed) })}
			</dd>
			<dt>{t("fact.busiest")}</dt>
			<dd>{count(standing.busiest)}</dd>
			<dt>{t("fact.resets")}</dt>
			<dd>
				{formatMoment(locale, timeZone, resetsAtUtc)} <bdi>({timeZone})</bdi>
			</dd>
		</dl>
	);
}
