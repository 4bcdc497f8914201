import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { useRoot } from "#app/components/frame/root-data.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PriceList } from "#app/components/pricing/price-list.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountPath } from "#app/modules/accounts/account-path.ts";
import { accountPageOr404 } from "#app/modules/accounts/account-trouble.ts";
import { getPriceListPage } from "#app/modules/pricing/get-price-list.server.ts";
import { savePrice } from "#app/modules/pricing/save-price.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("prices:title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId) || -1;
	return accountPageOr404(actor, id, () => readBooks((tx) => getPriceListPage(tx, actor, id, request.url)));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId) || -1;
	const form = await request.formData();
	const failed = await accountPageOr404(actor, id, () => savePrice(actor, id, form));
	if (failed) return data(failed, { status: failed.status });
	return redirect(accountPath(actor, id, "prices"));
}

export default function AccountPrices() {
	const t = useT("prices");
	const path = useCabinetPath();
	const page = useLoaderData<typeof loader>();
	const { id, name } = (page.list ?? page.history!).buyer;
	return (
		<div className="stack">
			<PageHeader title={t("title")} back={{ to: path(`accounts/${id}`), label: name }} />
			<p>
				{t("own_list_note")} <Below />
			</p>
			<PriceList page={page} failed={useActionData<typeof action>()} many={path(`accounts/${id}/prices/many`)} />
		</div>
	);
}

/** Not for whoever is limited to accounts below the own one. */
function Below() {
	const t = useT("prices");
	const path = useCabinetPath();
	if (!useRoot()?.viewer?.reachesOwn) return t("tab.below");
	return (
		<Link discover="none" to={path("prices/below")}>
			{t("tab.below")}
		</Link>
	);
}
