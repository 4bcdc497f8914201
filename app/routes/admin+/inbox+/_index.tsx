import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { LinkButton } from "#app/components/button.tsx";
import { CallbacksTable } from "#app/components/evidence/callbacks-table.tsx";
import { InboxFilterForm } from "#app/components/evidence/inbox-filter-form.tsx";
import { ReplayAllForm } from "#app/components/evidence/replay-form.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { readInboxFilter, writeInboxFilter } from "#app/modules/evidence/inbox-filter.ts";
import { listInbox } from "#app/modules/evidence/list-inbox.server.ts";
import { replayAll } from "#app/modules/evidence/replay-callbacks.server.ts";

export const handle: PageHandle = { title: (t) => t("inbox:title") };

export async function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	const query = new URL(request.url).searchParams;
	const filter = readInboxFilter(query);
	const after = readAfter(request.url);
	const isAsked = query.get("again") === "1";
	return { filter, isAsked, isFirst: after === undefined, ...(await listInbox(actor, filter, after)) };
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request, "admin");
	const filter = readInboxFilter(new URL(request.url).searchParams);
	await replayAll(actor, filter, filter.standing === "unmatched" ? "unmatched" : "unreadable");
	return redirect(`/admin/inbox?${writeInboxFilter(filter)}&again=1`);
}

export default function Inbox() {
	const t = useT("inbox");
	const { filter, isAsked, providers, callbacks, nextBefore, isFirst, isNumberHidden } = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader
				title={t("title")}
				note={t("note")}
				action={
					<>
						<LinkButton to="/admin/recounts" weight="quiet">
							{t("recounts:title")}
						</LinkButton>
						<LinkButton to="/admin/lost-writes" weight="quiet">
							{t("losses:title")}
						</LinkButton>
						<LinkButton to="/admin/backups" weight="quiet">
							{t("backups:title")}
						</LinkButton>
					</>
				}
			/>
			<InboxFilterForm filter={filter} providers={providers} />
			{isAsked && <Alert tone="good">{t("replay.asked_all")}</Alert>}
			{isNumberHidden && <Alert tone="info">{t("number_hidden")}</Alert>}
			<ReplayAllForm filter={filter} />
			{callbacks.length > 0 ? (
				<CallbacksTable callbacks={callbacks} providers={providers} />
			) : (
				<p>{nextBefore === null ? t("none") : t("none_so_far")}</p>
			)}
			<Pager isFirst={isFirst} after={nextBefore} />
		</div>
	);
}
