import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { LinkButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { CampaignStateFilter, CampaignTable } from "#app/components/campaign/campaign-table.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { useRights } from "#app/components/frame/root-data.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { orNotFound } from "#app/modules/campaigns/campaign-trouble.ts";
import { getCampaignList } from "#app/modules/campaigns/get-campaign-list.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("campaigns:list.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return orNotFound(() => readBooks((tx) => getCampaignList(tx, actor, actor.account.id, request.url)));
}

export default function CampaignList() {
	const t = useT("campaigns");
	const path = useCabinetPath();
	const may = useRights();
	const { rows, nextBefore, state, isFirst } = useLoaderData<typeof loader>();
	const hasNone = rows.length === 0 && isFirst;
	const isNew = hasNone && !state;
	const compose = may("campaigns.create") && <LinkButton to={path("campaigns/new")}>{t("list.new")}</LinkButton>;
	return (
		<div className="stack">
			<PageHeader title={t("list.title")} action={!isNew && compose} />
			{!isNew && <CampaignStateFilter now={state} />}
			{rows.length > 0 && <CampaignTable rows={rows} />}
			{isNew && (
				<EmptyState title={t("list.empty")} action={compose}>
					{compose && t("list.empty_text")}
				</EmptyState>
			)}
			{rows.length === 0 && !isNew && <p>{t("list.none_in_state")}</p>}
			<Pager isFirst={isFirst} after={nextBefore} />
		</div>
	);
}
