import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { OutsidePage } from "#app/components/money/outside-page.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { doneQuery } from "#app/modules/money/done-query.ts";
import { getOutsidePage } from "#app/modules/money/get-move-page.server.ts";
import { saveOutsideMove } from "#app/modules/money/save-move.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("money:move.deposit.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	return readBooks((tx) => getOutsidePage(tx, actor));
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request, "admin");
	const saved = await saveOutsideMove(actor, "deposit", await request.formData());
	if ("lastResult" in saved) return data(saved, { status: saved.status });
	return redirect(`/admin/money${doneQuery(saved)}`);
}

export default function Deposit() {
	return <OutsidePage deed="deposit" page={useLoaderData<typeof loader>()} failed={useActionData<typeof action>()} />;
}
