import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { LinkButton } from "#app/components/button.tsx";
import { DataTable } from "#app/components/data-table.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { useRights } from "#app/components/frame/root-data.ts";
import { NameLink } from "#app/components/name-link.tsx";
import { Num } from "#app/components/num.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PROVIDER_TONES } from "#app/components/provider/provider-deeds.tsx";
import { StatusDot } from "#app/components/status-dot.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listProviders } from "#app/modules/providers/provider.queries.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("providers:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	return { providers: readBooks((tx) => listProviders(tx, actor)) };
}

export default function Providers() {
	const t = useT("providers");
	const may = useRights();
	const { providers } = useLoaderData<typeof loader>();
	return (
		<>
			<PageHeader
				title={t("title")}
				note={t("caption")}
				action={may("providers.create") && <LinkButton to="/admin/providers/new">{t("new.title")}</LinkButton>}
			/>
			{providers.length === 0 ? (
				<EmptyState title={t("empty")}>{t("empty_text")}</EmptyState>
			) : (
				<DataTable
					caption={t("caption")}
					rows={providers}
					rowKey={(row) => row.id}
					columns={[
						{
							key: "name",
							header: t("name"),
							isMain: true,
							cell: (row) => <NameLink to={`/admin/providers/${row.id}`}>{row.name}</NameLink>,
						},
						{ key: "channel", header: t("channel"), cell: (row) => t(`channel_name.${row.channel}`) },
						{
							key: "adapter",
							header: t("adapter"),
							cell: (row) => t(`adapter_name.${row.adapter}` as "adapter_name.vonage"),
						},
						{
							key: "state",
							header: t("state.title"),
							cell: (row) => <StatusDot tone={PROVIDER_TONES[row.state]}>{t(`state.${row.state}`)}</StatusDot>,
						},
						{ key: "bulk", header: t("bulk_size"), isNumber: true, cell: (row) => <Num value={row.bulkSize} /> },
						{
							key: "connections",
							header: t("connections"),
							isNumber: true,
							cell: (row) => <Num value={row.connections} />,
						},
					]}
				/>
			)}
		</>
	);
}
