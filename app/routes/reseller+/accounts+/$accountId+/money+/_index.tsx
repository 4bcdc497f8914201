import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { MoneyPage } from "#app/components/money/money-page.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountOr404 } from "#app/modules/accounts/account-trouble.ts";
import { getMoneyPage } from "#app/modules/money/get-money-page.server.ts";
import { readMoneyQuery } from "#app/modules/money/money-query.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle<{ page: { account: { name: string } } }> = {
	title: (t, { page }) => t("money:title_of", { name: page.account.name }),
};

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const { filter, at } = readMoneyQuery(request.url);
	const page = accountOr404(() => readBooks((tx) => getMoneyPage(tx, actor, Number(params.accountId), filter, at)));
	return { page, filter, isFirst: at.after === undefined };
}

export default function AccountMoney() {
	return <MoneyPage {...useLoaderData<typeof loader>()} />;
}
