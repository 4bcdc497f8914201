import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PriceList } from "#app/components/pricing/price-list.tsx";
import { PriceTabs } from "#app/components/pricing/price-tabs.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { ANY_BUYER } from "#app/modules/pricing/find-price.server.ts";
import { getPriceListPage } from "#app/modules/pricing/get-price-list.server.ts";
import { savePrice } from "#app/modules/pricing/save-price.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("prices:tab.below") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return readBooks((tx) => getPriceListPage(tx, actor, ANY_BUYER, request.url));
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const failed = await savePrice(actor, ANY_BUYER, await request.formData());
	if (failed) return data(failed, { status: failed.status });
	return redirect(`/${actor.account.kind}/prices/below`);
}

export default function PricesBelow() {
	const t = useT("prices");
	const path = useCabinetPath();
	return (
		<div className="stack">
			<PageHeader title={t("tab.below")} note={t("below_note")} />
			<PriceTabs now="below" />
			<PriceList
				page={useLoaderData<typeof loader>()}
				failed={useActionData<typeof action>()}
				many={path("prices/many")}
			/>
		</div>
	);
}
