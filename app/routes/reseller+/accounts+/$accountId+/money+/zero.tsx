import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { MovePage } from "#app/components/money/move-page.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountPath } from "#app/modules/accounts/account-path.ts";
import { accountOr404 } from "#app/modules/accounts/account-trouble.ts";
import { doneQuery } from "#app/modules/money/done-query.ts";
import { getMovePage } from "#app/modules/money/get-move-page.server.ts";
import { saveMove } from "#app/modules/money/save-move.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle<{ account: { name: string } }> = {
	title: (t, { account: { name } }) => t("money:move.zero.title", { name }),
};

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return accountOr404(() => readBooks((tx) => getMovePage(tx, actor, Number(params.accountId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const saved = await saveMove(actor, "zero", Number(params.accountId), await request.formData());
	if ("lastResult" in saved) return data(saved, { status: saved.status });
	return redirect(accountPath(actor, params.accountId, `money${doneQuery(saved)}`));
}

export default function Zero() {
	return <MovePage deed="zero" page={useLoaderData<typeof loader>()} failed={useActionData<typeof action>()} />;
}
