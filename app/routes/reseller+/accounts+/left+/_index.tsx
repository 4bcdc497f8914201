import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { DataTable } from "#app/components/data-table.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { NameLink } from "#app/components/name-link.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { Time } from "#app/components/time.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listLeftAccounts } from "#app/modules/accounts/list-left-accounts.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("lists:left.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const after = readAfter(request.url);
	return { ...readBooks((tx) => listLeftAccounts(tx, actor, after)), isFirst: after === undefined };
}

export default function LeftAccounts() {
	const t = useT("lists");
	const ta = useT("accounts");
	const path = useCabinetPath();
	const { rows, nextAfter, isFirst } = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader
				title={t("left.title")}
				back={{ to: path("accounts"), label: ta("list.title") }}
				note={t("left.note")}
			/>
			{rows.length === 0 && isFirst && <EmptyState title={t("left.empty")}>{t("left.empty_text")}</EmptyState>}
			{rows.length > 0 && (
				<DataTable
					caption={t("left.caption")}
					rows={rows}
					rowKey={(row) => row.id}
					columns={[
						{
							key: "name",
							header: ta("name"),
							isMain: true,
							cell: (row) => <NameLink to={path(`accounts/left/${row.id}`)}>{row.name}</NameLink>,
						},
						{ key: "id", header: t("list.id"), isNumber: true, cell: (row) => row.accountId },
						{ key: "kind", header: ta("kind.title"), cell: (row) => ta(`kind.${row.kind}`) },
						{ key: "from", header: t("left.from"), cell: (row) => <Time atUtc={row.fromUtc} style="date" /> },
						{ key: "until", header: t("left.until"), cell: (row) => <Time atUtc={row.untilUtc} style="date" /> },
						{ key: "where", header: t("left.where"), cell: (row) => t(row.isInScope ? "left.inside" : "left.gone") },
					]}
				/>
			)}
			<Pager isFirst={isFirst} after={nextAfter} />
		</div>
	);
}
