import { useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { BlockFacts } from "#app/components/block/block-facts.tsx";
import { BlockForm } from "#app/components/block/block-form.tsx";
import { SubmitButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountOr404 } from "#app/modules/accounts/account-trouble.ts";
import { blockForm, type BlockForm as Fields } from "#app/modules/blocks/block.schema.ts";
import { blockAccount } from "#app/modules/blocks/block-account.server.ts";
import { blockTrouble } from "#app/modules/blocks/block-trouble.ts";
import { getBlockPage } from "#app/modules/blocks/get-block-page.server.ts";
import { unblockAccount } from "#app/modules/blocks/unblock-account.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle<{ account: { name: string }; block?: unknown }> = {
	title: (t, { account: { name }, block }) => t(block ? "blocks:title_blocked" : "blocks:title", { name }),
};

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return accountOr404(() => readBooks((tx) => getBlockPage(tx, actor, Number(params.accountId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId);
	const form = await request.formData();
	const version = Number(form.get("version"));
	const there = `/${actor.account.kind}/accounts/${id}`;
	if (form.get("intent") === "unblock") {
		const trouble = await unblockAccount(actor, id, version).catch(blockTrouble);
		if (!trouble) return redirect(there);
		return data({ status: "error" as const, error: { "": [trouble.issue] } }, { status: trouble.status });
	}
	const schema = blockForm({ timeZone: actor.account.timeZone, now: Date.now() });
	const submission = parseWithZod(form, { schema });
	if (submission.status !== "success") return data(submission.reply(), { status: 422 });
	const trouble = await blockAccount(actor, id, version, submission.value).catch(blockTrouble);
	if (!trouble) return redirect(there);
	return data(submission.reply({ formErrors: [trouble.issue] }), { status: trouble.status });
}

export default function BlockPage() {
	const t = useT("blocks");
	const path = useCabinetPath();
	const { account, block, isStoppedAbove, timeZone, minDate, below } = useLoaderData<typeof loader>();
	const lastResult = useActionData<typeof action>();
	const { reason, date, time } = { date: undefined, time: undefined, reason: undefined, ...block };
	const ends = block && block.untilUtc !== null ? "at" : "open";
	const form = useForm<Fields>({ id: "block", lastResult, defaultValue: { reason, ends, date, time } });
	const back = path(`accounts/${account.id}`);
	const fields = { form, version: account.version, timeZone, minDate, back, isNew: !block };
	return (
		<div className="stack">
			<PageHeader
				title={t(block ? "title_blocked" : "title", { name: account.name })}
				back={{ to: back, label: account.name }}
			/>
			<ErrorSummary form={form[0]} />
			{isStoppedAbove && <Alert tone="info">{t("above")}</Alert>}
			{account.isClosed && <p>{t("closed")}</p>}
			{block && <BlockFacts block={block} />}
			{block && !block.mayChange && <p>{t("from_above")}</p>}
			{block?.mayChange && (
				<>
					<PostForm className="form">
						<input type="hidden" name="version" value={account.version} />
						<p>{t("unblock.text")}</p>
						<div className="row">
							<SubmitButton name="intent" value="unblock">
								{t("unblock.submit")}
							</SubmitButton>
						</div>
					</PostForm>
					<h2>{t("change.title")}</h2>
				</>
			)}
			{!block && !account.isClosed && <WhatHappens below={below} />}
			{!account.isClosed && (!block || block.mayChange) && <BlockForm {...fields} />}
		</div>
	);
}

function WhatHappens({ below }: { below: number }) {
	const t = useT("blocks");
	const { locale } = usePage();
	return (
		<ul className="bullets">
			<li>{t("what.sign_in")}</li>
			<li>{t("what.sending")}</li>
			{below > 0 && <li>{t("what.branch", { count: below, n: formatNumber(locale, below) })}</li>}
		</ul>
	);
}
