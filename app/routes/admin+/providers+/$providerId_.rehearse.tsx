import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { ProviderTabs } from "#app/components/provider/provider-tabs.tsx";
import { RehearsalForm } from "#app/components/provider/rehearsal-form.tsx";
import { RehearsalResult } from "#app/components/provider/rehearsal-result.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { getRehearsalPage } from "#app/modules/providers/get-rehearsal-page.server.ts";
import { providerOr404, providerTrouble } from "#app/modules/providers/provider-trouble.ts";
import { rehearsalSchema } from "#app/modules/providers/rehearsal.schema.ts";
import { rehearseProvider } from "#app/modules/providers/rehearse-provider.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("rehearse:title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	return providerOr404(() => readBooks((tx) => getRehearsalPage(tx, actor, Number(params.providerId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request, "admin");
	requireRight(actor, "providers.update");
	const submission = parseWithZod(await request.formData(), { schema: rehearsalSchema });
	if (submission.status !== "success")
		return data({ lastResult: submission.reply(), rehearsal: null }, { status: 422 });
	try {
		const rehearsal = await rehearseProvider(actor, Number(params.providerId), submission.value);
		// What was typed stays, to be changed and tried again.
		return { lastResult: submission.reply(), rehearsal };
	} catch (error) {
		providerTrouble(error);
		throw error;
	}
}

export default function ProviderRehearsal() {
	const t = useT("rehearse");
	const { provider } = useLoaderData<typeof loader>();
	const done = useActionData<typeof action>();
	const back = { to: `/admin/providers/${provider.id}`, label: provider.name };
	return (
		<div className="stack">
			<PageHeader title={t("title")} back={back} note={t("note")} />
			<ProviderTabs id={provider.id} now="rehearse" />
			{done?.rehearsal && <RehearsalResult rehearsal={done.rehearsal} />}
			<RehearsalForm lastResult={done?.lastResult} />
		</div>
	);
}
