import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { LinkButton } from "#app/components/button.tsx";
import { DataTable } from "#app/components/data-table.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { useRights } from "#app/components/frame/root-data.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { useRouteNames } from "#app/components/routing/route-names.ts";
import { RoutingTabs } from "#app/components/routing/routing-tabs.tsx";
import { StepList } from "#app/components/routing/step-list.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { readChannel } from "#app/modules/routing/content-kinds.ts";
import { listRoutes } from "#app/modules/routing/list-routes.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("routing:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	const channel = readChannel(new URL(request.url).searchParams);
	const after = readAfter(request.url);
	return { channel: channel ?? null, after, ...readBooks((tx) => listRoutes(tx, actor, { channel, after })) };
}

export default function Routes() {
	const t = useT("routing");
	const tp = useT("providers");
	const may = useRights();
	const names = useRouteNames();
	const { channel, after, rows, nextAfter } = useLoaderData<typeof loader>();
	const make = may("providers.update") && <LinkButton to="/admin/routes/new">{t("new.title")}</LinkButton>;
	return (
		<div className="stack">
			<PageHeader title={t("title")} note={t("note")} action={make} />
			<RoutingTabs now={channel ?? "all"} />
			{rows.length === 0 ? (
				<EmptyState title={t("empty")}>{t("empty_text")}</EmptyState>
			) : (
				<DataTable
					caption={t("title")}
					rows={rows}
					rowKey={(row) => row.id}
					columns={[
						{
							key: "branch",
							header: t("account"),
							isMain: true,
							cell: (row) => (
								<Link discover="none" to={`/admin/routes/${row.id}`}>
									<bdi>{names.branch(row.branch)}</bdi>
								</Link>
							),
						},
						{ key: "channel", header: tp("channel"), cell: (row) => tp(`channel_name.${row.channel}`) },
						{ key: "country", header: t("country"), cell: (row) => names.country(row.country) },
						{ key: "kind", header: t("content"), cell: (row) => names.kind(row.kind) },
						{ key: "steps", header: t("providers"), cell: (row) => <StepList steps={row.steps} /> },
					]}
				/>
			)}
			<Pager isFirst={!after} after={nextAfter} />
		</div>
	);
}
