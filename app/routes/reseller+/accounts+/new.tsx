import {
	type ActionFunctionArgs,
	data,
	type HeadersFunction,
	type LoaderFunctionArgs,
	redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { NewAccountForm } from "#app/components/account/new-account-form.tsx";
import { PasswordShown } from "#app/components/account/password-shown.tsx";
import { Alert } from "#app/components/alert.tsx";
import { LinkButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { localeOf } from "#app/modules/access/page-settings.server.ts";
import { requireActor, requireSignedIn } from "#app/modules/access/require-actor.server.ts";
import { newAccountFrame } from "#app/modules/accounts/new-account-frame.server.ts";
import { saveNewAccount } from "#app/modules/accounts/save-new-account.server.ts";

export const handle: PageHandle = { title: (t) => t("accounts:new.title") };
/** The page with a made password is kept by no cache. */
export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders;

export function loader({ request }: LoaderFunctionArgs) {
	const signedIn = requireSignedIn(request);
	const under = new URL(request.url).searchParams.get("under");
	return newAccountFrame(signedIn.actor, under, localeOf(request, signedIn));
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const form = await request.formData();
	const saved = await saveNewAccount(actor, form);
	if ("lastResult" in saved) {
		const formKey = String(form.get("formKey") ?? "");
		return data({ lastResult: saved.lastResult, formKey, made: null }, { status: saved.status });
	}
	const { accountId, login, madePassword } = saved;
	if (madePassword === null) return redirect(`/${actor.account.kind}/accounts/${accountId}`);
	const made = { accountId, login, password: madePassword };
	return data({ made, lastResult: undefined, formKey: "" }, { headers: { "Cache-Control": "no-store" } });
}

export default function NewAccount() {
	const t = useT("accounts");
	const path = useCabinetPath();
	const { formKey, parent, values, unfit } = useLoaderData<typeof loader>();
	const done = useActionData<typeof action>();
	if (done?.made) {
		const { accountId, login, password } = done.made;
		return (
			<div className="stack">
				<PageHeader title={t("made.account")} note={t("number", { id: accountId })} />
				<PasswordShown login={login} password={password} to={path(`accounts/${accountId}`)}>
					<LinkButton to={path("accounts/new")} weight="quiet">
						{t("new.another")}
					</LinkButton>
				</PasswordShown>
			</div>
		);
	}
	return (
		<div className="stack">
			<PageHeader
				title={t("new.title")}
				back={{ to: path("accounts"), label: t("list.title") }}
				note={parent && t("new.under", { name: parent.name })}
			/>
			{unfit && <Alert tone="warn">{translateIssue(t as never, unfit)}</Alert>}
			{parent && (
				<NewAccountForm
					formKey={done?.formKey || formKey}
					parentId={parent.id}
					values={values}
					lastResult={done?.lastResult}
				/>
			)}
		</div>
	);
}
