import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { useRights } from "#app/components/frame/root-data.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { ProviderChanges } from "#app/components/provider/provider-changes.tsx";
import { ProviderDeeds, ProviderState } from "#app/components/provider/provider-deeds.tsx";
import { ProviderForm } from "#app/components/provider/provider-form.tsx";
import { ProviderTabs } from "#app/components/provider/provider-tabs.tsx";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getProvider } from "#app/modules/providers/provider.queries.server.ts";
import { providerTrouble } from "#app/modules/providers/provider-trouble.ts";
import { saveProvider } from "#app/modules/providers/save-provider.server.ts";
import { saveProviderState } from "#app/modules/providers/save-provider-state.server.ts";
import { PROVIDER_STATES } from "#app/modules/providers/set-provider-state.server.ts";
import { tryProvider } from "#app/modules/providers/try-provider.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle<{ provider: { name: string } }> = { title: (_t, { provider }) => provider.name };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	try {
		return { provider: readBooks((tx) => getProvider(tx, actor, Number(params.providerId))) };
	} catch (error) {
		providerTrouble(error);
		throw error;
	}
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request, "admin");
	const id = Number(params.providerId);
	const form = await request.formData();
	const intent = form.get("intent");
	if (intent === "try") {
		try {
			return data({ probe: await tryProvider(actor, id) });
		} catch (error) {
			return data({ issue: providerTrouble(error)[""]?.[0] }, { status: 409 });
		}
	}
	const state = PROVIDER_STATES.find((one) => one === intent);
	if (state) {
		const failed = await saveProviderState(actor, id, state, form);
		return failed ? data(failed, { status: failed.status }) : redirect(`/admin/providers/${id}`);
	}
	const failed = await saveProvider(actor, id, form);
	return failed ? data({ failed }, { status: failed.status }) : redirect(`/admin/providers/${id}`);
}

export default function Provider() {
	const t = useT("providers");
	const may = useRights();
	const { provider } = useLoaderData<typeof loader>();
	const done = {
		probe: undefined,
		issue: undefined,
		losses: undefined,
		failed: undefined,
		...useActionData<typeof action>(),
	};
	return (
		<div className="stack">
			<PageHeader
				title={provider.name}
				isUserText
				back={{ to: "/admin/providers", label: t("title") }}
				note={`${t(`adapter_name.${provider.adapter}` as "adapter_name.vonage")} · ${t(`channel_name.${provider.channel}`)}`}
			/>
			<ProviderTabs id={provider.id} now="settings" />
			{done.issue && <Alert tone="bad">{translateIssue(t as never, done.issue)}</Alert>}
			<ProviderState provider={provider} probe={done.probe} />
			{may("providers.update") && <ProviderDeeds state={provider.state} losses={done.losses} />}
			{done.failed && done.failed.changes.length > 0 && <ProviderChanges changes={done.failed.changes} />}
			{may("providers.update") && (
				<ProviderForm
					fields={provider.fields}
					bulkMax={provider.limits.bulkSize}
					values={provider}
					isNew={false}
					seen={done.failed?.seen ?? provider.seen}
					lastResult={done.failed?.lastResult}
				>
					{done.failed?.status === 409 ? t("save_anyway") : t("save")}
				</ProviderForm>
			)}
		</div>
	);
}
