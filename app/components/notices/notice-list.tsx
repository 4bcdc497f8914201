import { Link } from "@remix-run/react";
import type { TFunction } from "i18next";
import { formatMoment, formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import { describeWho } from "#app/modules/audit/describe-entry.ts";
import type { ReadNotice } from "#app/modules/notices/list-notices.server.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { DataTable } from "../data-table.tsx";
import { alarmWords } from "../provider/alarm-words.ts";
import { StatusDot } from "../status-dot.tsx";
import { Time } from "../time.tsx";
import { lostWords } from "./lost-words.ts";
import { feeWords, lowWords } from "./money-words.ts";

/** What the person was told, each with where it is looked into; the new ones are marked. */
export function NoticeList({ rows }: { rows: readonly ReadNotice[] }) {
	const t = useT("notices");
	return (
		<DataTable
			caption={t("title")}
			rows={rows}
			rowKey={(row) => row.id}
			columns={[
				{ key: "what", header: t("what"), isMain: true, cell: (row) => <NoticeWords notice={row} /> },
				{ key: "when", header: t("when"), cell: (row) => <Time atUtc={row.atUtc} /> },
				{
					key: "state",
					header: t("state"),
					cell: (row) => (row.isSeen ? t("seen") : <StatusDot tone="info">{t("new")}</StatusDot>),
				},
			]}
		/>
	);
}

function NoticeWords({ notice }: { notice: ReadNotice }) {
	const path = useCabinetPath();
	const words = useWords();
	const { text, to } = words(notice);
	return to ? (
		<Link discover="none" to={path(to)}>
			{text}
		</Link>
	) : (
		text
	);
}

/** A notice in words, and the page of the cabinet that it leads to. */
function useWords(): (notice: ReadNotice) => { text: string; to?: string } {
	const t = useT("notices");
	const { locale, timeZone } = usePage();
	return (notice) => {
		switch (notice.kind) {
			case "sign-in.new": {
				const { address, browser, system } = notice.detail;
				const where = [browser, system].filter(Boolean).join(", ") || t("settings:sessions.unknown_browser");
				return { text: t("text.sign-in_new", { address, browser: where }), to: "settings/sessions" };
			}
			case "password.changed":
				return { text: t(`text.password_${notice.detail.by}`), to: "settings/sessions" };
			case "second-factor.changed": {
				const what = notice.detail.isOn ? "on" : "off";
				return { text: t(`text.factor_${what}_${notice.detail.by}`), to: "settings/second-factor" };
			}
			case "cabinet.entered": {
				const { reason, isReadOnly, endsAtUtc } = notice.detail;
				const who = describeWho(t as TFunction, notice.who ?? { is: "elsewhere" });
				const until = formatMoment(locale, timeZone, endsAtUtc);
				const mode = isReadOnly ? "entered_look" : "entered_work";
				return { text: t(`text.${mode}`, { who, reason, until }), to: "settings/visits" };
			}
			case "role.changed":
				return { text: t("text.role_changed", { role: notice.detail.role }) };
			case "provider.alarm": {
				const { providerId, name, alarm, measured, isOver } = notice.detail;
				const what = alarmWords(t, locale, { kind: alarm, measured });
				const text = t(isOver ? "text.provider_alarm_over" : "text.provider_alarm", { name, what });
				return { text, to: `providers/${providerId}/figures` };
			}
			case "counts.differ": {
				const { recountId, differences } = notice.detail;
				return {
					text: t("text.counts_differ", { n: formatNumber(locale, differences) }),
					to: `recounts?run=${recountId}`,
				};
			}
			case "ledger.differs": {
				const n = formatNumber(locale, notice.detail.differences);
				return { text: t("text.ledger_differs", { n }), to: "recounts" };
			}
			case "write.lost":
				return { text: lostWords(t as TFunction, (atUtc) => formatMoment(locale, timeZone, atUtc), notice.detail) };
			case "writes.lost": {
				const { epoch, count, foundAtUtc } = notice.detail;
				const text = t("text.writes_lost", { count, at: formatMoment(locale, timeZone, foundAtUtc) });
				return { text, to: `lost-writes?epoch=${epoch}` };
			}
			case "backup.failed": {
				const { node, error, lastGoodAtUtc } = notice.detail;
				const last =
					lastGoodAtUtc === null
						? t("text.backup_never")
						: t("text.backup_last", { when: formatMoment(locale, timeZone, lastGoodAtUtc) });
				return { text: t("text.backup_failed", { node, error, last }), to: "backups" };
			}
			case "cover.missing": {
				const { accountId, name } = notice.detail;
				return { text: t("text.cover_missing", { name }), to: `accounts/${accountId}` };
			}
			case "campaign.waits": {
				const { campaignId, name, accountName, people } = notice.detail;
				const text = t("text.campaign_waits", { name, account: accountName, n: formatNumber(locale, people) });
				return { text, to: `waits/${campaignId}` };
			}
			case "balance.low":
			case "balance.low-below":
				return lowWords(t as TFunction, locale, notice);
			case "fee.unpaid":
			case "fee.unpaid-below":
				return feeWords(t as TFunction, locale, notice);
			case "campaign.done": {
				const { campaignId, name } = notice.detail;
				return { text: t("text.campaign_done", { name }), to: `campaigns/${campaignId}` };
			}
			case "campaign.halted": {
				const { campaignId, name, cause } = notice.detail;
				const why = t(`causes:${cause}.what`, { defaultValue: t("causes:unspecified.what") });
				return { text: t("text.campaign_halted", { name, cause: why }), to: `campaigns/${campaignId}` };
			}
		}
	};
}
