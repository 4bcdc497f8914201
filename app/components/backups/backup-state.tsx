import { formatBytes, formatMoment, formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { BackupState } from "#app/modules/backup/backup-state.server.ts";
import { Alert } from "../alert.tsx";
import { EmptyState } from "../empty-state.tsx";
import { Time } from "../time.tsx";

/** When the last backup was made and where it lies; what is wrong with them, where something is. */
export function BackupStateView({ state }: { state: BackupState & { isOff: boolean } }) {
	const t = useT("backups");
	const { locale, timeZone } = usePage();
	const { lastGood, failure, isOff } = state;
	return (
		<>
			{isOff && (
				<Alert tone="warn" title={t("off")}>
					{t("off_text")}
				</Alert>
			)}
			{failure && (
				<Alert tone="bad" title={t("failed", { when: formatMoment(locale, timeZone, failure.sinceUtc) })}>
					{t("failed_text", { node: failure.node, error: failure.error })}
				</Alert>
			)}
			{lastGood ? (
				<dl className="facts">
					<dt>{t("last")}</dt>
					<dd>
						<Time atUtc={lastGood.atUtc} />
					</dd>
					<dt>{t("node")}</dt>
					<dd>
						<bdi>{lastGood.node}</bdi>
					</dd>
					<dt>{t("where")}</dt>
					<dd>
						<bdi>{lastGood.path}</bdi>
					</dd>
					<dt>{t("size")}</dt>
					<dd>{formatBytes(locale, lastGood.bytes)}</dd>
					<dt>{t("took")}</dt>
					<dd>{t("seconds", { n: formatNumber(locale, Math.ceil(lastGood.tookMs / 1000)) })}</dd>
				</dl>
			) : (
				<EmptyState title={t("none")}>{t("none_text")}</EmptyState>
			)}
		</>
	);
}
