import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { LinkButton, SubmitButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountPath } from "#app/modules/accounts/account-path.ts";
import { accountPageOr404, accountTrouble } from "#app/modules/accounts/account-trouble.ts";
import { getKindPage } from "#app/modules/accounts/get-kind-page.server.ts";
import { lowerAccount } from "#app/modules/accounts/lower-account.server.ts";
import { raiseAccount } from "#app/modules/accounts/raise-account.server.ts";
import { readBooks } from "#db/tx.ts";

type Data = Awaited<ReturnType<typeof loader>>;
export const handle: PageHandle<Data> = {
	title: (t, { kind }) => t(kind === "client" ? "accounts:raise.title" : "accounts:lower.title"),
};

export async function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId);
	return accountPageOr404(actor, id, () => readBooks((tx) => getKindPage(tx, actor, id)));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const form = await request.formData();
	const id = Number(params.accountId);
	const deed = form.get("deed") === "lower" ? lowerAccount : raiseAccount;
	const trouble = await deed(actor, id, Number(form.get("version")) || 0).catch(accountTrouble);
	if (!trouble) return redirect(accountPath(actor, id));
	return data(trouble, { status: trouble.status });
}

export default function Kind() {
	const t = useT("accounts");
	const path = useCabinetPath();
	const { id, name, kind, version, obstacle } = useLoaderData<typeof loader>();
	const trouble = useActionData<typeof action>();
	const deed = kind === "client" ? "raise" : "lower";
	// What was asked for stands above; what is in the way now is said only where that is something else.
	const isSame = trouble?.issue === obstacle;
	return (
		<div className="stack">
			<PageHeader title={t(`${deed}.title`)} back={{ to: path(`accounts/${id}`), label: name }} />
			{trouble && <Alert tone="bad">{translateIssue(t as never, trouble.issue)}</Alert>}
			{obstacle && !isSame && <Alert tone="warn">{translateIssue(t as never, obstacle)}</Alert>}
			<p>{t(`${deed}.what`)}</p>
			<p>{t(`${deed}.stays`)}</p>
			<PostForm className="row">
				<input type="hidden" name="version" value={version} />
				{!obstacle && (
					<SubmitButton name="deed" value={deed}>
						{t(`${deed}.submit`)}
					</SubmitButton>
				)}
				<LinkButton to={path(`accounts/${id}`)} weight="quiet">
					{t("keep")}
				</LinkButton>
			</PostForm>
		</div>
	);
}
