import { countryName } from "#app/lib/country.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { Totals } from "#app/modules/totals/get-totals.server.ts";
import type { Preset } from "#app/modules/totals/period.ts";
import { Alert } from "../alert.tsx";
import { SubmitButton } from "../button.tsx";
import { useCabinetPath } from "../cabinet-path.ts";
import { useRoot } from "../frame/root-data.ts";
import { Money } from "../money/amount.tsx";
import { Num } from "../num.tsx";
import { PageHeader } from "../page-header.tsx";
import { PostForm } from "../post-form.tsx";
import { BranchTable } from "./branch-table.tsx";
import { SumsTable } from "./sums-table.tsx";
import { TimeChart } from "./time-chart.tsx";
import { TotalsFilter } from "./totals-filter.tsx";
import { useUnitName } from "./use-unit-name.ts";

/** What an account earned and paid in a period, or a client spent: in all, by day, by channel, and by those below who paid it. */
export function TotalsPage(props: { totals: Totals; presets: Record<Preset, string>; isFirst: boolean }) {
	const t = useT("totals");
	const path = useCabinetPath();
	const ownId = useRoot()?.viewer?.accountId;
	const { totals } = props;
	const { period, branch, isClient, byDay } = totals;
	const { from, to } = period;
	const isOwn = branch?.id !== undefined && branch.id === ownId;
	const title = t(isClient ? "title_client" : "title");
	const of = isOwn ? t("own_messages") : (branch?.name ?? (branch?.id != null ? t("gone", { id: branch.id }) : null));
	return (
		<div className="stack">
			<PageHeader
				title={of === null ? title : of}
				isUserText={of !== null}
				back={branch ? { to: `?from=${from}&to=${to}`, label: title } : undefined}
				note={t("utc_note")}
				action={
					<PostForm action={`${path("totals/export")}?from=${from}&to=${to}`}>
						<SubmitButton weight="quiet">{t("export.csv")}</SubmitButton>
					</PostForm>
				}
			/>
			<TotalsFilter totals={totals} presets={props.presets} />
			{branch?.id === null ? (
				<Alert tone="warn">{t("unknown_branch")}</Alert>
			) : byDay.length === 0 ? (
				<p>{t(isClient ? "nothing_client" : "nothing")}</p>
			) : (
				<>
					<Facts totals={totals} />
					<TimeChart totals={totals} />
					<Tables {...props} />
				</>
			)}
		</div>
	);
}

function Facts({ totals: { sums, isClient, currency } }: { totals: Totals }) {
	const t = useT("totals");
	const lines = isClient
		? ([["spent", sums.costMicros]] as const)
		: ([
				["revenue", sums.revenueMicros],
				["cost", sums.costMicros],
				["margin", sums.revenueMicros - sums.costMicros],
			] as const);
	return (
		<dl className="figures">
			{lines.map(([key, micros]) => (
				<div key={key}>
					<dt>{t(key)}</dt>
					<dd>
						<Money micros={micros} currency={currency} />
					</dd>
				</div>
			))}
			<div>
				<dt>{t("messages")}</dt>
				<dd>
					<Num value={sums.messages} />
				</dd>
			</div>
		</dl>
	);
}

function Tables({ totals, isFirst }: { totals: Totals; isFirst: boolean }) {
	const t = useT("totals");
	const { locale } = usePage();
	const { period, currency, isClient, byDay, byChannel, byCountry } = totals;
	const nameOf = useUnitName(period.unit);
	const base = { currency, isClient, rowKey: ({ key }: { key: string }) => key };
	return (
		<>
			<BranchTable totals={totals} isFirst={isFirst} />
			<SumsTable
				{...base}
				caption={t("by_channel")}
				header={t("channel")}
				rows={byChannel}
				cell={({ key }) => (key === "" ? t("fees") : t(`campaigns:channel.${key}`))}
				isShared
			/>
			{byCountry.length > 0 && (
				<SumsTable
					{...base}
					caption={t("by_country")}
					header={t("country")}
					rows={byCountry}
					cell={({ key }) => (key === "" ? t("country_unknown") : countryName(locale, key))}
					isShared
				/>
			)}
			<SumsTable
				{...base}
				caption={t(period.unit === "day" ? "by_day" : "by_month")}
				header={t(period.unit === "day" ? "day" : "month")}
				rows={byDay.toReversed()}
				cell={({ key }) => nameOf(key)}
			/>
		</>
	);
}
