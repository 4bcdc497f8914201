import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { EmptyState } from "#app/components/empty-state.tsx";
import { LostFilterForm } from "#app/components/lost-writes/lost-filter-form.tsx";
import { LostWritesTable } from "#app/components/lost-writes/lost-writes-table.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listLostWrites } from "#app/modules/lost-writes/list-lost-writes.server.ts";
import { readLostFilter } from "#app/modules/lost-writes/lost-write.ts";

export const handle: PageHandle = { title: (t) => t("losses:title") };

export async function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	const filter = readLostFilter(new URL(request.url).searchParams);
	const after = readAfter(request.url);
	return { filter, isFirst: after === undefined, ...(await listLostWrites(actor, filter, after)) };
}

export default function LostWrites() {
	const t = useT("losses");
	const { filter, rows, nextAfter, takeOvers, isFirst } = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader title={t("title")} note={t("note")} back={{ to: "/admin/inbox", label: t("inbox:title") }} />
			{takeOvers.length === 0 ? (
				<EmptyState title={t("none")}>{t("none_text")}</EmptyState>
			) : (
				<>
					<LostFilterForm filter={filter} takeOvers={takeOvers} />
					{rows.length > 0 ? <LostWritesTable rows={rows} /> : <p>{t("none_here")}</p>}
					<Pager isFirst={isFirst} after={nextAfter} />
				</>
			)}
		</div>
	);
}
