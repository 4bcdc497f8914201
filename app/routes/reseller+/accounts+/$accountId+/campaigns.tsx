import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { CampaignStateFilter, CampaignTable } from "#app/components/campaign/campaign-table.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { orNotFound } from "#app/modules/campaigns/campaign-trouble.ts";
import { getAccountCampaigns } from "#app/modules/campaigns/get-account-campaigns.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("campaigns:list.title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return orNotFound(() => readBooks((tx) => getAccountCampaigns(tx, actor, Number(params.accountId), request.url)));
}

export default function CampaignsOfAccount() {
	const t = useT("campaigns");
	const path = useCabinetPath();
	const { account, rows, nextBefore, state, isFirst } = useLoaderData<typeof loader>();
	const hasNone = rows.length === 0 && isFirst && !state;
	return (
		<div className="stack">
			<PageHeader title={t("list.title")} back={{ to: path(`accounts/${account.id}`), label: account.name }} />
			{!hasNone && <CampaignStateFilter now={state} />}
			{rows.length > 0 && <CampaignTable rows={rows} />}
			{rows.length === 0 && <p>{hasNone ? t("list.empty") : t("list.none_in_state")}</p>}
			<Pager isFirst={isFirst} after={nextBefore} />
		</div>
	);
}
