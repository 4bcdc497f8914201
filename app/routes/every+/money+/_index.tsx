import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { MoneyPage } from "#app/components/money/money-page.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getMoneyPage } from "#app/modules/money/get-money-page.server.ts";
import { readMoneyQuery } from "#app/modules/money/money-query.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("money:title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const { filter, at } = readMoneyQuery(request.url);
	const page = readBooks((tx) => getMoneyPage(tx, actor, undefined, filter, at));
	return { page, filter, isFirst: at.after === undefined };
}

export default function OwnMoney() {
	return <MoneyPage {...useLoaderData<typeof loader>()} />;
}
