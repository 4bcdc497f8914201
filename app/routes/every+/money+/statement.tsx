import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { StatementPage } from "#app/components/money/statement-page.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getStatement } from "#app/modules/money/get-statement.server.ts";
import { readHistoryFilter } from "#app/modules/money/history-filter.ts";

export const handle: PageHandle = { title: (t) => t("money:statement.title") };

export async function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return getStatement(actor, undefined, readHistoryFilter(new URL(request.url).searchParams));
}

export default function OwnStatement() {
	return <StatementPage statement={useLoaderData<typeof loader>()} base="money" />;
}
