import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { LinkButton, SubmitButton } from "#app/components/button.tsx";
import { TextField } from "#app/components/field.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { Losses } from "#app/components/pricing/losses.tsx";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { attachAccount } from "#app/modules/accounts/attach-account.server.ts";
import { attachTrouble } from "#app/modules/accounts/attach-trouble.ts";
import { getAttachPage } from "#app/modules/accounts/get-attach-page.server.ts";

export const handle: PageHandle = { title: (t) => t("lists:attach.title") };

export async function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const target = new URL(request.url).searchParams.get("to")?.trim().slice(0, 100);
	const page = await getAttachPage(actor, Number(params.accountId), target);
	return data(page, { status: page.issue ? 422 : 200 });
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const form = await request.formData();
	const input = {
		target: String(form.get("to") ?? ""),
		version: Number(form.get("version")),
		losses: form.get("meant")?.toString(),
	};
	const trouble = await attachAccount(actor, Number(params.accountId), input).catch(attachTrouble);
	if (!trouble) return redirect(`/admin/accounts/${params.accountId}`);
	return data(trouble, { status: trouble.status });
}

export default function Attach() {
	const t = useT("lists");
	const tp = useT("prices");
	const page = useLoaderData<typeof loader>();
	const trouble = useActionData<typeof action>();
	const { account, from, plan, losses, currency } = page;
	const back = `/admin/accounts/${account.id}`;
	return (
		<div className="stack">
			<PageHeader title={t("attach.title")} back={{ to: back, label: account.name }} />
			{trouble && <Alert tone="bad">{translateIssue(t as never, trouble.issue)}</Alert>}
			{plan ? (
				<PostForm className="form">
					<dl className="facts">
						<dt>{t("attach.what")}</dt>
						<dd>
							<bdi>{account.name}</bdi> ({account.id})
						</dd>
						<dt>{t("attach.from")}</dt>
						<dd>
							<bdi>{from.name}</bdi> ({from.id})
						</dd>
						<dt>{t("attach.to")}</dt>
						<dd>
							<bdi>{plan.to.name}</bdi> ({plan.to.id})
						</dd>
					</dl>
					<p>{t("attach.accounts", { count: plan.branchSize })}</p>
					<p>{t("attach.what_stays")}</p>
					<p>{t("attach.what_changes")}</p>
					{plan.isBlockedThere && <Alert tone="warn">{t("attach.blocked_there")}</Alert>}
					{losses && (
						<>
							<Alert tone="warn">{tp("error.losses", { count: losses.count })}</Alert>
							<Losses losses={losses} currency={currency} meant={t("attach.losses_meant")} />
						</>
					)}
					<input type="hidden" name="to" value={plan.to.id} />
					<input type="hidden" name="version" value={account.version} />
					<div className="row">
						<SubmitButton weight="danger">{t("attach.submit", { name: plan.to.name })}</SubmitButton>
						<LinkButton weight="quiet" to={back}>
							{t("attach.keep")}
						</LinkButton>
					</div>
				</PostForm>
			) : (
				<Form method="get" className="form">
					<p>{t("attach.now", { name: account.name, above: from.name })}</p>
					<TextField field={targetField(page)} label={t("attach.target")} help={t("attach.target_help")} isRequired />
					<div className="row">
						<SubmitButton>{t("attach.check")}</SubmitButton>
					</div>
				</Form>
			)}
		</div>
	);
}

function targetField({ target, issue }: { target: string; issue: string | null }) {
	const errors = issue ? [issue] : undefined;
	return { id: "to", name: "to", initialValue: target, errors, descriptionId: "to-help", errorId: "to-error" };
}
