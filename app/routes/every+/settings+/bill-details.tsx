import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DetailsPage } from "#app/components/bills/details-page.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getDetailsPage } from "#app/modules/bills/bill-details.server.ts";
import { saveDetails } from "#app/modules/bills/save-details.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("bills:details.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return readBooks((tx) => getDetailsPage(tx, actor, undefined));
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const failed = await saveDetails(actor, undefined, await request.formData());
	return failed ? data(failed, { status: failed.status }) : redirect(`/${actor.account.kind}/settings`);
}

export default function OwnBillDetails() {
	return <DetailsPage page={useLoaderData<typeof loader>()} lastResult={useActionData<typeof action>()?.lastResult} />;
}
