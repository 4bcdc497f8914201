import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { AccountFacts } from "#app/components/account/account-facts.tsx";
import { AccountsBelow } from "#app/components/account/accounts-below.tsx";
import { AccountsCampaigns } from "#app/components/account/accounts-campaigns.tsx";
import { Crumbs } from "#app/components/account/crumbs.tsx";
import { DeedLinks } from "#app/components/account/deed-links.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountOr404 } from "#app/modules/accounts/account-trouble.ts";
import { getAccountPage } from "#app/modules/accounts/get-account-page.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle<Awaited<ReturnType<typeof loader>>> = { title: (_t, data) => data.account.name };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return accountOr404(() => readBooks((tx) => getAccountPage(tx, actor, Number(params.accountId))));
}

export default function Account() {
	const t = useT("accounts");
	const path = useCabinetPath();
	const page = useLoaderData<typeof loader>();
	const { account, isOwn } = page;
	return (
		<div className="stack">
			<Crumbs above={page.above} />
			<PageHeader title={account.name} isUserText note={t(`kind.${account.kind}`)} />
			<DeedLinks accountId={account.id} deeds={page.deeds} />
			<AccountFacts page={page} />
			{account.kind !== "client" && <AccountsBelow page={page} />}
			{page.campaigns && (
				<AccountsCampaigns
					rows={page.campaigns}
					all={isOwn ? path("campaigns") : path(`accounts/${account.id}/campaigns`)}
				/>
			)}
		</div>
	);
}
