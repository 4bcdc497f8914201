import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { TFunction } from "i18next";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { DataTable } from "#app/components/data-table.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { StatusDot } from "#app/components/status-dot.tsx";
import { Time } from "#app/components/time.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { describeWho } from "#app/modules/audit/describe-entry.ts";
import { listVisits } from "#app/modules/impersonation/list-visits.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("settings:visits.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const after = readAfter(request.url);
	return { isFirst: after === undefined, ...readBooks((tx) => listVisits(tx, actor, after)) };
}

export default function Visits() {
	const t = useT("settings");
	const path = useCabinetPath();
	const { rows, nextAfter, isFirst } = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader
				title={t("visits.title")}
				back={{ to: path("settings"), label: t("title") }}
				note={t("visits.note")}
			/>
			{rows.length === 0 && isFirst && <EmptyState title={t("visits.none")}>{t("visits.none_text")}</EmptyState>}
			{rows.length > 0 && (
				<DataTable
					caption={t("visits.title")}
					rows={rows}
					rowKey={(row) => row.id}
					columns={[
						{ key: "when", header: t("visits.when"), cell: (row) => <Time atUtc={row.startedAtUtc} /> },
						{
							key: "until",
							header: t("visits.until"),
							cell: (row) =>
								row.isGoingOn ? (
									<StatusDot tone="info">
										{t("visits.now")} <Time atUtc={row.untilUtc} style="time" />
									</StatusDot>
								) : (
									<Time atUtc={row.untilUtc} />
								),
						},
						{ key: "who", header: t("visits.who"), isMain: true, cell: (row) => describeWho(t as TFunction, row.who) },
						{ key: "reason", header: t("visits.reason"), cell: (row) => <span dir="auto">{row.reason}</span> },
						{ key: "mode", header: t("visits.mode"), cell: (row) => t(row.isReadOnly ? "visits.look" : "visits.work") },
					]}
				/>
			)}
			<Pager isFirst={isFirst} after={nextAfter} />
		</div>
	);
}
