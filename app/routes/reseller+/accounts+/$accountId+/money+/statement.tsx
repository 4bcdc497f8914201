import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { StatementPage } from "#app/components/money/statement-page.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountPageOr404 } from "#app/modules/accounts/account-trouble.ts";
import { getStatement } from "#app/modules/money/get-statement.server.ts";
import { readHistoryFilter } from "#app/modules/money/history-filter.ts";

export const handle: PageHandle = { title: (t) => t("money:statement.title") };

export async function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId);
	const period = readHistoryFilter(new URL(request.url).searchParams);
	return accountPageOr404(actor, id, () => getStatement(actor, id, period));
}

export default function AccountStatement() {
	const statement = useLoaderData<typeof loader>();
	return <StatementPage statement={statement} base={`accounts/${statement.account.id}/money`} />;
}
