import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { ManyPrices } from "#app/components/pricing/many-prices.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { ANY_BUYER } from "#app/modules/pricing/find-price.server.ts";
import { getManyPage } from "#app/modules/pricing/get-many-page.server.ts";
import { saveMany } from "#app/modules/pricing/save-many.server.ts";

export const handle: PageHandle = { title: (t) => t("prices:many.title") };

const queryOf = (request: Request) => new URL(request.url).searchParams;

export async function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const page = await getManyPage(actor, ANY_BUYER, queryOf(request));
	return data(page, { status: page.lastResult && !page.preview ? 422 : 200 });
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const failed = await saveMany(actor, ANY_BUYER, queryOf(request), await request.formData());
	if (failed) return data(failed, { status: failed.status });
	return redirect(`/${actor.account.kind}/prices/below`);
}

export default function ManyPricesBelow() {
	const t = useT("prices");
	const back = useCabinetPath()("prices/below");
	return (
		<div className="stack">
			<PageHeader title={t("many.title")} back={{ to: back, label: t("tab.below") }} note={t("many.note")} />
			<ManyPrices page={useLoaderData<typeof loader>()} failed={useActionData<typeof action>()} back={back} />
		</div>
	);
}
