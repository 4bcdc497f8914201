import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { AccountState, AccountTable } from "#app/components/account-table.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { useRights } from "#app/components/frame/root-data.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { Time } from "#app/components/time.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountPage, listAccountsBelow } from "#app/modules/accounts/account.queries.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle<Awaited<ReturnType<typeof loader>>> = { title: (_t, data) => data.account.name };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const accountId = Number(params.accountId);
	const after = readAfter(request.url);
	const found = readBooks((tx) => ({
		account: accountPage(tx, actor, accountId),
		below: listAccountsBelow(tx, actor, accountId, after),
	}));
	if (!found.account) throw new Response(null, { status: 404 });
	return { account: found.account, below: found.below, isFirst: after === undefined };
}

export default function Account() {
	const t = useT("accounts");
	const path = useCabinetPath();
	const may = useRights();
	const { account, below, isFirst } = useLoaderData<typeof loader>();
	const caption = t("list.caption_of", { name: account.name });
	return (
		<>
			<PageHeader
				title={account.name}
				isUserText
				back={{ to: path("accounts"), label: t("list.title") }}
				note={t(`kind.${account.kind}`)}
			/>
			<div className="stack">
				<dl className="facts">
					<dt>{t("state.title")}</dt>
					<dd>
						<AccountState state={account.state} />
					</dd>
					<dt>{t("created")}</dt>
					<dd>
						<Time atUtc={account.createdAtUtc} />
					</dd>
					<dt>{t("time_zone")}</dt>
					<dd>
						<bdi>{account.timeZone}</bdi>
					</dd>
					<dt>{t("country")}</dt>
					<dd>{account.country}</dd>
					<dt>{t("senders")}</dt>
					<dd>{account.senders.map((one) => one.name).join(", ") || t("none")}</dd>
					<dt>{t("users")}</dt>
					<dd>{account.people.map((one) => `${one.login} (${t(`role.${one.role}`)})`).join(", ") || t("none")}</dd>
				</dl>
				{may("campaigns.read") && (
					<p>
						<Link discover="none" to={path(`accounts/${account.id}/campaigns`)}>
							{t("campaigns:list.title")}
						</Link>
					</p>
				)}
				{below.rows.length > 0 && (
					<section>
						<h2>{caption}</h2>
						<AccountTable rows={below.rows} caption={caption} />
					</section>
				)}
				<Pager isFirst={isFirst} after={below.nextAfter} />
			</div>
		</>
	);
}
