import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useRights } from "#app/components/frame/root-data.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { LimitsFacts } from "#app/components/provider/limits-facts.tsx";
import { LimitsForm } from "#app/components/provider/limits-form.tsx";
import { ProviderTabs } from "#app/components/provider/provider-tabs.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getLimitsPage } from "#app/modules/providers/get-limits-page.server.ts";
import { providerOr404 } from "#app/modules/providers/provider-trouble.ts";
import { saveLimits } from "#app/modules/providers/save-limits.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("limits:title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	return providerOr404(() => readBooks((tx) => getLimitsPage(tx, actor, Number(params.providerId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request, "admin");
	const failed = await saveLimits(actor, Number(params.providerId), await request.formData());
	if (failed) return data(failed, { status: failed.status });
	return redirect(`/admin/providers/${params.providerId}/limits`);
}

export default function ProviderLimits() {
	const t = useT("limits");
	const may = useRights();
	const { provider, values } = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader
				title={t("title")}
				back={{ to: `/admin/providers/${provider.id}`, label: provider.name }}
				note={t("note")}
			/>
			<ProviderTabs id={provider.id} now="limits" />
			{may("providers.update") ? (
				<LimitsForm values={values} version={failed?.version ?? provider.version} lastResult={failed?.lastResult} />
			) : (
				<LimitsFacts values={values} />
			)}
		</div>
	);
}
