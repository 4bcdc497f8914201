import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { LinkButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { EmptyState } from "#app/components/empty-state.tsx";
import { useRights, useRoot } from "#app/components/frame/root-data.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { SavedNote } from "#app/components/stops/saved-note.tsx";
import { StopSieve } from "#app/components/stops/stop-sieve.tsx";
import { StopTable } from "#app/components/stops/stop-table.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listStops } from "#app/modules/stops/list-stops.server.ts";
import { readSaved } from "#app/modules/stops/saved-address.ts";
import { STOP_CHANNELS } from "#app/modules/stops/stop-reach.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("stops:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const query = new URL(request.url).searchParams;
	const q = (query.get("q") ?? "").trim().slice(0, 100);
	const channel = STOP_CHANNELS.find((one) => one === query.get("channel"));
	const after = readAfter(request.url);
	const list = readBooks((tx) => listStops(tx, actor, { q, channel, after }));
	return { ...list, q, channel: channel ?? "", isFirst: after === undefined, saved: readSaved(query) };
}

export default function Stops() {
	const t = useT("stops");
	const path = useCabinetPath();
	const may = useRights();
	const kind = useRoot()?.viewer?.kind ?? "client";
	const { rows, nextAfter, flaw, q, channel, isFirst, saved } = useLoaderData<typeof loader>();
	const isNarrowed = q !== "" || channel !== "";
	const add = may("stops.create") && <LinkButton to={path("stops/new")}>{t("new.title")}</LinkButton>;
	return (
		<div className="stack">
			<PageHeader title={t("title")} note={t(`what.${kind}`)} action={add} />
			{saved && <SavedNote saved={saved} />}
			<StopSieve q={q} channel={channel} flaw={flaw} />
			{rows.length > 0 && <StopTable rows={rows} />}
			{rows.length === 0 && isNarrowed && !flaw && <p>{t(nextAfter === null ? "none_found" : "none_so_far")}</p>}
			{rows.length === 0 && !isNarrowed && <EmptyState title={t("empty")}>{t("empty_text")}</EmptyState>}
			<Pager isFirst={isFirst} after={nextAfter} />
		</div>
	);
}
