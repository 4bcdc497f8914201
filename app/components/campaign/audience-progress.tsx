import { formatBytes, formatDuration, formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Audience } from "#app/modules/audiences/audience.queries.server.ts";
import { ProgressBar } from "../progress-bar.tsx";

/** How far the reading of a big file is, how fast, and what remains. `nowUtc`: the server's clock, unix ms. */
export function AudienceProgress({ audience, nowUtc }: { audience: Audience; nowUtc: number }) {
	const t = useT("audiences");
	const { locale } = usePage();
	const seconds = Math.max(0.1, (nowUtc - audience.createdAtUtc) / 1000);
	const bytesASecond = audience.readBytes / seconds;
	const leftMs = bytesASecond > 0 ? ((audience.sizeBytes - audience.readBytes) / bytesASecond) * 1000 : undefined;
	return (
		<section className="stack" aria-live="polite">
			<p>
				<bdi>{audience.name || t("pasted")}</bdi>, {formatBytes(locale, audience.sizeBytes)}
			</p>
			<ProgressBar label={t("reading.title")} value={audience.readBytes} max={audience.sizeBytes} />
			<dl className="facts">
				<dt>{t("reading.read")}</dt>
				<dd>{t("reading.lines", { n: formatNumber(locale, audience.readLines) })}</dd>
				<dt>{t("reading.speed")}</dt>
				<dd>{t("reading.a_second", { size: formatBytes(locale, bytesASecond) })}</dd>
				<dt>{t("reading.left")}</dt>
				<dd>{leftMs === undefined ? t("reading.unknown") : formatDuration(locale, leftMs)}</dd>
			</dl>
		</section>
	);
}
