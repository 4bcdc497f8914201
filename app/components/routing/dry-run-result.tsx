import { Link } from "@remix-run/react";
import { formatMoment, formatNumber, formatShare } from "#app/lib/format.ts";
import { formatMoney } from "#app/lib/micros.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { DryRun } from "#app/modules/routing/dry-run.server.ts";
import type { Verdict } from "#app/modules/routing/judge-steps.ts";
import { Alert } from "../alert.tsx";
import { DataTable } from "../data-table.tsx";
import { Num } from "../num.tsx";
import { StatusDot, type Tone } from "../status-dot.tsx";
import { useRouteNames } from "./route-names.ts";

const tone = (verdict: Verdict): Tone =>
	verdict.is === "taken" ? "good" : verdict.is === "in_reserve" ? "idle" : "warn";

/** Who would carry it, at what cost, by which route, and why each of the others would not. */
export function DryRunResult({ result }: { result: DryRun }) {
	const t = useT("routing");
	const names = useRouteNames();
	const { locale } = usePage();
	const cost = (micros: number | null) =>
		micros === null ? t("try.no_cost") : formatMoney(locale, micros, result.currency);
	const taken = result.steps.filter(({ verdict }) => verdict.is === "taken");
	return (
		<>
			{taken.length === 0 ? (
				<Alert tone="bad" title={t("try.nobody")}>
					{result.steps.length === 0 ? t("try.no_providers") : t("try.nobody_why")}
				</Alert>
			) : (
				<Alert tone="good" title={t("try.goes", { count: taken.length })}>
					{taken.map((step) => (
						<div key={step.providerId}>
							{t("try.by", { name: `\u2068${step.name}\u2069`, cost: cost(step.costMicros) })}
						</div>
					))}
				</Alert>
			)}
			<dl className="facts">
				<dt>{t("try.number")}</dt>
				<dd>
					<bdi>{result.phone}</bdi>
				</dd>
				<dt>{t("country")}</dt>
				<dd>{result.country === "" ? t("try.no_country") : names.country(result.country)}</dd>
				<dt>{t("account")}</dt>
				<dd>
					<bdi>{result.account.name}</bdi>
				</dd>
				<dt>{t("try.route")}</dt>
				<dd>
					<RouteOf route={result.route} />
				</dd>
			</dl>
			{result.steps.length > 0 && (
				<DataTable
					caption={t("providers")}
					rows={result.steps}
					rowKey={(row) => row.providerId}
					columns={[
						{
							key: "name",
							header: t("provider"),
							isMain: true,
							cell: (row) => (
								<Link discover="none" to={`/admin/providers/${row.providerId}`}>
									<bdi>{row.name}</bdi>
								</Link>
							),
						},
						{ key: "tier", header: t("tier"), isNumber: true, cell: (row) => <Num value={row.tier} /> },
						{ key: "cost", header: t("cost"), isNumber: true, cell: (row) => cost(row.costMicros) },
						{ key: "why", header: t("try.why"), cell: (row) => <Why verdict={row.verdict} /> },
					]}
				/>
			)}
		</>
	);
}

function RouteOf({ route }: { route: DryRun["route"] }) {
	const t = useT("routing");
	const names = useRouteNames();
	if (!route) return <>{t("try.no_route")}</>;
	return (
		<Link discover="none" to={`/admin/routes/${route.id}`}>
			<bdi>{names.branch(route.branch)}</bdi> · {names.country(route.country)} · {names.kind(route.kind)}
		</Link>
	);
}

function Why({ verdict }: { verdict: Verdict }) {
	const t = useT("routing");
	const { locale, timeZone } = usePage();
	const values =
		verdict.is === "taken"
			? { share: formatShare(locale, verdict.share) }
			: verdict.is === "paused"
				? { until: formatMoment(locale, timeZone, verdict.untilUtc, "dateTimeSeconds") }
				: verdict.is === "limit"
					? { perDay: formatNumber(locale, verdict.perDay) }
					: {};
	return <StatusDot tone={tone(verdict)}>{t(`verdict.${verdict.is}`, values)}</StatusDot>;
}
