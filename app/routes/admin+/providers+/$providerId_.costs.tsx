import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useRights } from "#app/components/frame/root-data.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { CostsForm } from "#app/components/provider/costs-form.tsx";
import { ProviderTabs } from "#app/components/provider/provider-tabs.tsx";
import { RawText } from "#app/components/raw-text.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getCostsPage } from "#app/modules/providers/get-costs-page.server.ts";
import { providerOr404 } from "#app/modules/providers/provider-trouble.ts";
import { saveCosts } from "#app/modules/providers/save-costs.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("costs:title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	return providerOr404(() => readBooks((tx) => getCostsPage(tx, actor, Number(params.providerId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request, "admin");
	const failed = await saveCosts(actor, Number(params.providerId), await request.formData());
	if (failed) return data(failed, { status: failed.status });
	return redirect(`/admin/providers/${params.providerId}/costs`);
}

export default function ProviderCosts() {
	const t = useT("costs");
	const may = useRights();
	const { provider, costs, currency } = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader
				title={t("title")}
				back={{ to: `/admin/providers/${provider.id}`, label: provider.name }}
				note={t("note", { currency })}
			/>
			<ProviderTabs id={provider.id} now="costs" />
			{may("providers.update") ? (
				<CostsForm costs={costs} currency={currency} version={failed?.version ?? provider.version} failed={failed} />
			) : (
				<RawText label={t("label", { currency })}>{costs}</RawText>
			)}
		</div>
	);
}
