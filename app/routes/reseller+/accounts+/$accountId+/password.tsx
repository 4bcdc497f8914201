import { randomUUID } from "node:crypto";
import { useForm } from "@conform-to/react";
import {
	type ActionFunctionArgs,
	data,
	type HeadersFunction,
	type LoaderFunctionArgs,
	redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { PasswordForOther } from "#app/components/account/password-for-other.tsx";
import { PasswordShown } from "#app/components/account/password-shown.tsx";
import { SubmitButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { accountPath } from "#app/modules/accounts/account-path.ts";
import { accountPageOr404 } from "#app/modules/accounts/account-trouble.ts";
import { saveAccountPassword } from "#app/modules/accounts/save-account-password.server.ts";
import { requireOwnerBelow } from "#app/modules/accounts/set-account-password.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("accounts:password_new.title") };
/** The page with a made password is kept by no cache. */
export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders;

export async function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.accountId);
	const { account, owner } = await accountPageOr404(actor, id, () =>
		readBooks((tx) => requireOwnerBelow(tx, actor, id)),
	);
	return { id, name: account.name, login: owner.login, formKey: randomUUID() };
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const form = await request.formData();
	const id = Number(params.accountId);
	const saved = await accountPageOr404(actor, id, () => saveAccountPassword(actor, id, form));
	if ("lastResult" in saved) return data({ lastResult: saved.lastResult, madePassword: null }, { status: 422 });
	if (saved.madePassword === null) return redirect(accountPath(actor, id));
	return data(
		{ lastResult: undefined, madePassword: saved.madePassword },
		{ headers: { "Cache-Control": "no-store" } },
	);
}

export default function AccountPassword() {
	const t = useT("accounts");
	const path = useCabinetPath();
	const { id, name, login, formKey } = useLoaderData<typeof loader>();
	const done = useActionData<typeof action>();
	const [form, fields] = useForm<{ password: string }>({ id: "password", lastResult: done?.lastResult });
	const back = { to: path(`accounts/${id}`), label: name };
	if (done?.madePassword)
		return (
			<div className="stack">
				<PageHeader title={t("password_new.done")} />
				<PasswordShown login={login} password={done.madePassword} to={back.to} />
			</div>
		);
	return (
		<div className="stack">
			<PageHeader title={t("password_new.title")} back={back} note={t("password_new.whose", { login })} />
			<p>{t("password_new.what")}</p>
			<PostForm className="form" id={form.id} noValidate>
				<ErrorSummary form={form} />
				<input type="hidden" name="formKey" value={formKey} />
				<PasswordForOther field={fields.password} />
				<div>
					<SubmitButton>{t("password_new.submit")}</SubmitButton>
				</div>
			</PostForm>
		</div>
	);
}
