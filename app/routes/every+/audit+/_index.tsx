import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AuditTable } from "#app/components/audit/audit-table.tsx";
import { TrailExport } from "#app/components/audit/trail-export.tsx";
import { TrailFilterForm } from "#app/components/audit/trail-filter-form.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listTrail } from "#app/modules/audit/list-trail.server.ts";
import { readTrailFilter } from "#app/modules/audit/trail-filter.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("trail:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const filter = readTrailFilter(new URL(request.url).searchParams);
	const after = readAfter(request.url);
	return { filter, isFirst: after === undefined, ...readBooks((tx) => listTrail(tx, actor, filter, after)) };
}

export default function Trail() {
	const t = useT("trail");
	const { filter, entries, nextBefore, unknown, isFirst } = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader title={t("title")} note={t("note")} action={<TrailExport filter={filter} />} />
			<TrailFilterForm filter={filter} unknown={unknown} />
			{entries.length > 0 ? (
				<AuditTable rows={entries} caption={t("caption")} />
			) : (
				!unknown && <p>{nextBefore === null ? t("none") : t("none_so_far")}</p>
			)}
			<Pager isFirst={isFirst} after={nextBefore} />
		</div>
	);
}
