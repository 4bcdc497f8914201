import type { LoaderFunctionArgs } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { JumpBox } from "#app/components/account-list/jump-box.tsx";
import { SubmitButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { TreeBranch } from "#app/components/tree/tree-branch.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getTree } from "#app/modules/accounts/get-tree.server.ts";
import { readOpenNodes } from "#app/modules/accounts/open-nodes.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("tree:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const query = new URL(request.url).searchParams;
	const words = (query.get("q") ?? "").trim().slice(0, 100);
	const open = readOpenNodes(query.get("open") ?? "");
	return { ...readBooks((tx) => getTree(tx, actor, { open, words })), words, open: [...open] };
}

export default function TreePage() {
	const t = useT("tree");
	const path = useCabinetPath();
	const { tops, hits, hasMoreHits, words, open } = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader title={t("title")} note={t("note")} />
			<JumpBox />
			<Form method="get" action="?" className="jump" role="search" aria-label={t("search")}>
				<label className="label" htmlFor="tree-words">
					{t("search")}
				</label>
				<input id="tree-words" name="q" type="search" className="box" maxLength={100} dir="auto" defaultValue={words} />
				<SubmitButton weight="quiet">{t("find")}</SubmitButton>
				{words && (
					<Link discover="none" to="?">
						{t("whole")}
					</Link>
				)}
			</Form>
			{words && <p role="status">{hits > 0 ? t("hits", { count: hits }) : t("no_hits")}</p>}
			{hasMoreHits && (
				<p>
					<Link discover="none" to={path(`accounts?${new URLSearchParams({ q: words })}`)}>
						{t("all_hits")}
					</Link>
				</p>
			)}
			{(hits > 0 || !words) && <TreeBranch nodes={tops} open={new Map(open)} />}
		</div>
	);
}
