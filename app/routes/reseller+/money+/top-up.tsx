import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { TopUpPage } from "#app/components/money/top-up-page.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountPath } from "#app/modules/accounts/account-path.ts";
import { doneQuery } from "#app/modules/money/done-query.ts";
import { getTopUpPage } from "#app/modules/money/get-top-up-page.server.ts";
import { saveTopUp } from "#app/modules/money/save-top-up.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("money:top_up.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const page = readBooks((tx) => getTopUpPage(tx, actor, new URL(request.url).searchParams));
	return data(page, { status: page.lastResult ? 422 : 200 });
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const saved = await saveTopUp(actor, await request.formData());
	if ("issue" in saved) return data(saved, { status: saved.status });
	return redirect(accountPath(actor, saved.accountId, `money${doneQuery(saved)}`));
}

export default function TopUp() {
	return <TopUpPage page={useLoaderData<typeof loader>()} failed={useActionData<typeof action>()} />;
}
