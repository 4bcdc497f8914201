import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { DataTable } from "#app/components/data-table.tsx";
import { NameLink } from "#app/components/name-link.tsx";
import { Num } from "#app/components/num.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { Time } from "#app/components/time.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listWaits } from "#app/modules/limits/get-waits.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("bounds:waits.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const after = readAfter(request.url);
	return { isFirst: after === undefined, ...readBooks((tx) => listWaits(tx, actor, after)) };
}

export default function Waits() {
	const t = useT("bounds");
	const path = useCabinetPath();
	const { rows, nextAfter, isFirst } = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader title={t("waits.title")} note={t("waits.note")} />
			{rows.length === 0 && <p>{t("waits.none")}</p>}
			{rows.length > 0 && (
				<DataTable
					caption={t("waits.title")}
					rows={rows}
					rowKey={(row) => row.campaignId}
					columns={[
						{
							key: "campaign",
							header: t("waits.campaign"),
							isMain: true,
							cell: (row) => <NameLink to={path(`waits/${row.campaignId}`)}>{row.name}</NameLink>,
						},
						{ key: "account", header: t("waits.account"), cell: (row) => <bdi>{row.accountName}</bdi> },
						{ key: "people", header: t("waits.people"), isNumber: true, cell: (row) => <Num value={row.people} /> },
						{ key: "allowed", header: t("waits.allowed"), isNumber: true, cell: (row) => <Num value={row.allowed} /> },
						{ key: "since", header: t("waits.since"), cell: (row) => <Time atUtc={row.atUtc} /> },
					]}
				/>
			)}
			<Pager isFirst={isFirst} after={nextAfter} />
		</div>
	);
}
