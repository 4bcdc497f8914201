import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { DemandBody } from "#app/components/second-factor/demand-body.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountOr404 } from "#app/modules/accounts/account-trouble.ts";
import { getDemandPage } from "#app/modules/second-factor/get-demand-page.server.ts";
import { saveDemand } from "#app/modules/second-factor/save-demand.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("factor:demand.title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const page = accountOr404(() => readBooks((tx) => getDemandPage(tx, actor, Number(params.accountId))));
	return { page, isReset: new URL(request.url).searchParams.has("reset") };
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const saved = await saveDemand(actor, Number(params.accountId), await request.formData());
	if ("failed" in saved) return data(saved.failed, saved);
	const here = `/${actor.account.kind}/accounts/${params.accountId}/second-factor`;
	return redirect(saved.done === "reset" ? `${here}?reset` : here);
}

export default function AccountsSecondFactor() {
	const t = useT("factor");
	const path = useCabinetPath();
	const { page, isReset } = useLoaderData<typeof loader>();
	const answer = useActionData<typeof action>();
	return (
		<div className="stack">
			<PageHeader
				title={t("demand.title")}
				back={{ to: path(`accounts/${page.account.id}`), label: page.account.name }}
			/>
			<DemandBody page={page} isReset={isReset} answer={answer} />
		</div>
	);
}
