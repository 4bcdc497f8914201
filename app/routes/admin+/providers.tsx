import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DataTable } from "#app/components/data-table.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { Num } from "#app/components/num.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { StatusDot, type Tone } from "#app/components/status-dot.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listProviders, type ProviderRow } from "#app/modules/providers/provider.queries.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("providers:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	return { providers: readBooks((tx) => listProviders(tx, actor)) };
}

const tones: Record<ProviderRow["state"], Tone> = { active: "good", draining: "warn", disabled: "idle" };

export default function Providers() {
	const t = useT("providers");
	const { providers } = useLoaderData<typeof loader>();
	return (
		<>
			<PageHeader title={t("title")} note={t("caption")} />
			{providers.length === 0 ? (
				<EmptyState title={t("empty")}>{t("empty_text")}</EmptyState>
			) : (
				<DataTable
					caption={t("caption")}
					rows={providers}
					rowKey={(row) => row.id}
					columns={[
						{ key: "name", header: t("name"), isMain: true, cell: (row) => <bdi>{row.name}</bdi> },
						{ key: "channel", header: t("channel"), cell: (row) => t(`channel_name.${row.channel}`) },
						{ key: "adapter", header: t("adapter"), cell: (row) => <code>{row.adapter}</code> },
						{
							key: "state",
							header: t("state.title"),
							cell: (row) => <StatusDot tone={tones[row.state]}>{t(`state.${row.state}`)}</StatusDot>,
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
