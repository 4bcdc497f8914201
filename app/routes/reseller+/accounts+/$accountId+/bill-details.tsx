import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DetailsPage } from "#app/components/bills/details-page.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountPath } from "#app/modules/accounts/account-path.ts";
import { accountOr404, accountPageOr404 } from "#app/modules/accounts/account-trouble.ts";
import { getDetailsPage } from "#app/modules/bills/bill-details.server.ts";
import { saveDetails } from "#app/modules/bills/save-details.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("bills:details.title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return accountOr404(() => readBooks((tx) => getDetailsPage(tx, actor, Number(params.accountId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId);
	const form = await request.formData();
	const failed = await accountPageOr404(actor, id, () => saveDetails(actor, id, form));
	return failed ? data(failed, { status: failed.status }) : redirect(accountPath(actor, id));
}

export default function BillDetailsBelow() {
	return <DetailsPage page={useLoaderData<typeof loader>()} lastResult={useActionData<typeof action>()?.lastResult} />;
}
