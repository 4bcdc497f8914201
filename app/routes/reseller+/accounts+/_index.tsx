import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AccountTable } from "#app/components/account-table.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listAccountsBelow } from "#app/modules/accounts/account.queries.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("accounts:list.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const after = readAfter(request.url);
	const list = readBooks((tx) => listAccountsBelow(tx, actor, actor.account.id, after));
	return { ...list, isFirst: after === undefined };
}

export default function Accounts() {
	const t = useT("accounts");
	const { rows, nextAfter, isFirst } = useLoaderData<typeof loader>();
	return (
		<>
			<PageHeader title={t("list.title")} note={t("list.caption")} />
			{rows.length === 0 && isFirst ? (
				<EmptyState title={t("list.empty")}>{t("list.empty_text")}</EmptyState>
			) : (
				<AccountTable rows={rows} caption={t("list.caption")} />
			)}
			<Pager isFirst={isFirst} after={nextAfter} />
		</>
	);
}
