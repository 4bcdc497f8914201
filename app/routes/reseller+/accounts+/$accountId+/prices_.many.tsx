import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { ManyPrices } from "#app/components/pricing/many-prices.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountPath } from "#app/modules/accounts/account-path.ts";
import { accountPageOr404 } from "#app/modules/accounts/account-trouble.ts";
import { getManyPage } from "#app/modules/pricing/get-many-page.server.ts";
import { saveMany } from "#app/modules/pricing/save-many.server.ts";

export const handle: PageHandle = { title: (t) => t("prices:many.title") };

const queryOf = (request: Request) => new URL(request.url).searchParams;

export async function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId) || -1;
	const page = await accountPageOr404(actor, id, () => getManyPage(actor, id, queryOf(request)));
	return data(page, { status: page.lastResult && !page.preview ? 422 : 200 });
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId) || -1;
	const form = await request.formData();
	const failed = await accountPageOr404(actor, id, () => saveMany(actor, id, queryOf(request), form));
	if (failed) return data(failed, { status: failed.status });
	return redirect(accountPath(actor, id, "prices"));
}

export default function ManyAccountPrices() {
	const t = useT("prices");
	const path = useCabinetPath();
	const page = useLoaderData<typeof loader>();
	const back = path(`accounts/${page.buyer.id}/prices`);
	return (
		<div className="stack">
			<PageHeader title={t("many.title")} back={{ to: back, label: page.buyer.name }} note={t("many.note")} />
			<ManyPrices page={page} failed={useActionData<typeof action>()} back={back} />
		</div>
	);
}
