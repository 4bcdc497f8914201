import { Link } from "@remix-run/react";
import { useT } from "#app/lib/page-context.ts";
import type { RecountRun, ShownDifference } from "#app/modules/evidence/list-recounts.server.ts";
import { DataTable } from "../data-table.tsx";
import { Num } from "../num.tsx";
import { StatusDot } from "../status-dot.tsx";
import { Time } from "../time.tsx";
import { useFigure } from "./use-figure.ts";

export function RunsTable({ runs }: { runs: RecountRun[] }) {
	const t = useT("recounts");
	return (
		<DataTable
			caption={t("runs")}
			isCaptionShown
			rows={runs}
			rowKey={(row) => row.id}
			columns={[
				{
					key: "began",
					header: t("began"),
					isMain: true,
					cell: (row) => (
						<Link discover="none" to={`?run=${row.id}`}>
							<Time atUtc={row.startedAtUtc} />
						</Link>
					),
				},
				{
					key: "ended",
					header: t("ended"),
					cell: (row) => (row.finishedAtUtc === null ? t("running") : <Time atUtc={row.finishedAtUtc} />),
				},
				{ key: "campaigns", header: t("campaigns"), isNumber: true, cell: (row) => <Num value={row.campaigns} /> },
				{ key: "messages", header: t("messages"), isNumber: true, cell: (row) => <Num value={row.messages} /> },
				{
					key: "differences",
					header: t("differences"),
					isNumber: true,
					cell: (row) => (
						<StatusDot tone={row.differences > 0 ? "bad" : row.finishedAtUtc === null ? "info" : "good"}>
							<Num value={row.differences} />
						</StatusDot>
					),
				},
			]}
		/>
	);
}

export function DifferencesTable({ differences }: { differences: ShownDifference[] }) {
	const t = useT("recounts");
	const figure = useFigure();
	return (
		<DataTable
			caption={t("differences")}
			rows={differences}
			rowKey={(row) => row.id}
			columns={[
				{
					key: "campaign",
					header: t("campaign"),
					isMain: true,
					cell: (row) => (
						<Link discover="none" to={`/admin/campaigns/${row.campaignId}`}>
							<bdi>{row.campaignName}</bdi>
						</Link>
					),
				},
				{ key: "figure", header: t("figure"), cell: (row) => figure(row.figure) },
				{ key: "kept", header: t("kept"), isNumber: true, cell: (row) => <Num value={row.kept} /> },
				{ key: "counted", header: t("counted"), isNumber: true, cell: (row) => <Num value={row.counted} /> },
			]}
		/>
	);
}
