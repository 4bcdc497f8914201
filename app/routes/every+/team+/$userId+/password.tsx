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
import { getEmployeeDeed } from "#app/modules/team/get-employee-deed.server.ts";
import { saveEmployeePassword } from "#app/modules/team/save-employee-password.server.ts";
import { teamOr404 } from "#app/modules/team/team-trouble.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("team:password_new.title") };
/** The page with a made password is kept by no cache. */
export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders;

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const id = Number(params.userId);
	const person = teamOr404(() => readBooks((tx) => getEmployeeDeed(tx, actor, id, "employees.update")));
	return { id, name: person.name, login: person.login, formKey: randomUUID() };
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const form = await request.formData();
	const saved = await saveEmployeePassword(actor, Number(params.userId), form);
	if ("lastResult" in saved) {
		const formKey = String(form.get("formKey") ?? "");
		return data({ lastResult: saved.lastResult, formKey, password: null }, { status: saved.status });
	}
	if (saved.madePassword === null) return redirect(`/${actor.account.kind}/team/${params.userId}`);
	const made = { password: saved.madePassword, lastResult: undefined, formKey: "" };
	return data(made, { headers: { "Cache-Control": "no-store" } });
}

export default function EmployeePassword() {
	const t = useT("team");
	const path = useCabinetPath();
	const { id, name, login, formKey } = useLoaderData<typeof loader>();
	const done = useActionData<typeof action>();
	const [form, fields] = useForm<{ password: string }>({ id: "password", lastResult: done?.lastResult });
	const header = <PageHeader title={t("password_new.title")} back={{ to: path(`team/${id}`), label: name }} />;
	if (done?.password)
		return (
			<div className="stack">
				{header}
				<PasswordShown login={login} password={done.password} to={path(`team/${id}`)} />
			</div>
		);
	return (
		<div className="stack">
			{header}
			<p>{t("password_new.text")}</p>
			<PostForm className="form" id={form.id} noValidate>
				<ErrorSummary form={form} />
				<input type="hidden" name="formKey" value={done?.formKey || formKey} />
				<PasswordForOther field={fields.password} />
				<div>
					<SubmitButton>{t("password_new.submit")}</SubmitButton>
				</div>
			</PostForm>
		</div>
	);
}
