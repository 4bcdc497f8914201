import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AuditTable } from "#app/components/audit/audit-table.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listActivity } from "#app/modules/audit/list-activity.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("settings:activity.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const after = readAfter(request.url);
	return { isFirst: after === undefined, ...readBooks((tx) => listActivity(tx, actor, after)) };
}

export default function Activity() {
	const t = useT("settings");
	const path = useCabinetPath();
	const { entries, nextBefore, isFirst } = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader
				title={t("activity.title")}
				back={{ to: path("settings"), label: t("title") }}
				note={t("activity.note")}
			/>
			{entries.length > 0 ? (
				<AuditTable rows={entries} caption={t("activity.title")} />
			) : (
				<p>{nextBefore === null ? t("activity.none") : t("activity.none_so_far")}</p>
			)}
			<Pager isFirst={isFirst} after={nextBefore} />
		</div>
	);
}
