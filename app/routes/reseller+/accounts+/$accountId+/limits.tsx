import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { AccountLimitsForm } from "#app/components/limits/account-limits-form.tsx";
import { StandingFacts } from "#app/components/limits/standing-facts.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountPath } from "#app/modules/accounts/account-path.ts";
import { accountPageOr404 } from "#app/modules/accounts/account-trouble.ts";
import { getAccountLimits } from "#app/modules/limits/get-limits-page.server.ts";
import { saveAccountLimits } from "#app/modules/limits/save-limits.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("bounds:title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId);
	return accountPageOr404(actor, id, () => readBooks((tx) => getAccountLimits(tx, actor, id)));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId);
	const form = await request.formData();
	const failed = await accountPageOr404(actor, id, () => saveAccountLimits(actor, id, form));
	if (failed) return data(failed, { status: failed.status });
	return redirect(accountPath(actor, id, "limits"));
}

export default function AccountLimits() {
	const t = useT("bounds");
	const path = useCabinetPath();
	const page = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	const { account, standing } = page;
	return (
		<div className="stack">
			<PageHeader title={t("title")} back={{ to: path(`accounts/${account.id}`), label: account.name }} />
			<StandingFacts standing={standing} />
			{standing.isNew && standing.allowed !== null && <p className="soft">{t("is_new")}</p>}
			{page.mayChange && <AccountLimitsForm page={page} failed={failed} />}
		</div>
	);
}
