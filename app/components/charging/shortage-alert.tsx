import { formatNumber } from "#app/lib/format.ts";
import { formatMoney } from "#app/lib/micros.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Shortage } from "#app/modules/charging/get-shortage.server.ts";
import { Alert } from "../alert.tsx";

/** Says by how much the balance is short for a campaign, and for how many it would do. */
export function ShortageAlert({ shortage, currency }: { shortage: Shortage | null; currency: string }) {
	const t = useT("charging");
	const { locale } = usePage();
	if (!shortage) return null;
	const { missingMicros, owedMicros, coveredPeople, people, isDealerShort } = shortage;
	const money = (micros: number) => formatMoney(locale, micros, currency);
	if (owedMicros > 0) return <Alert tone="bad">{t("short.owing", { owed: money(owedMicros) })}</Alert>;
	if (isDealerShort) return <Alert tone="warn">{t("short.dealer")}</Alert>;
	const n = { n: formatNumber(locale, coveredPeople), people: formatNumber(locale, people) };
	return (
		<Alert tone="bad" title={t("short.missing", { missing: money(missingMicros) })}>
			{coveredPeople > 0 ? t("short.covers", n) : t("short.covers_nobody")}
		</Alert>
	);
}
