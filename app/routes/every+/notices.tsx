import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { SubmitButton } from "#app/components/button.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { NoticeList } from "#app/components/notices/notice-list.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { PostForm } from "#app/components/post-form.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listNotices } from "#app/modules/notices/list-notices.server.ts";
import { markNoticesSeen } from "#app/modules/notices/mark-notices-seen.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("notices:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const after = readAfter(request.url);
	return { isFirst: after === undefined, ...readBooks((tx) => listNotices(tx, actor, after)) };
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const upTo = Number((await request.formData()).get("upTo"));
	await markNoticesSeen(actor, Number.isSafeInteger(upTo) ? upTo : 0);
	return redirect(`/${actor.account.kind}/notices`);
}

export default function Notices() {
	const t = useT("notices");
	const { rows, nextAfter, unseen, isFirst } = useLoaderData<typeof loader>();
	const newest = rows[0];
	return (
		<div className="stack">
			<PageHeader
				title={t("title")}
				note={t("note")}
				action={
					newest &&
					isFirst &&
					unseen > 0 && (
						<PostForm>
							<input type="hidden" name="upTo" value={newest.id} />
							<SubmitButton weight="quiet">{t("mark_seen")}</SubmitButton>
						</PostForm>
					)
				}
			/>
			{newest ? <NoticeList rows={rows} /> : <EmptyState title={t("none")}>{t("none_text")}</EmptyState>}
			<Pager isFirst={isFirst} after={nextAfter} />
		</div>
	);
}
