import { randomUUID } from "node:crypto";
import {
	type ActionFunctionArgs,
	data,
	type HeadersFunction,
	type LoaderFunctionArgs,
	redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { PasswordShown } from "#app/components/account/password-shown.tsx";
import { LinkButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { EmptyState } from "#app/components/empty-state.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { NewEmployeeForm } from "#app/components/team/new-employee-form.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { newEmployeeFrame } from "#app/modules/team/new-employee-frame.server.ts";
import { saveNewEmployee } from "#app/modules/team/save-new-employee.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("team:new.title") };
/** The page with a made password is kept by no cache. */
export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders;

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return { ...readBooks((tx) => newEmployeeFrame(tx, actor)), formKey: randomUUID() };
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const form = await request.formData();
	const saved = await saveNewEmployee(actor, form);
	if ("lastResult" in saved) {
		const formKey = String(form.get("formKey") ?? "");
		return data({ lastResult: saved.lastResult, formKey, made: null }, { status: saved.status });
	}
	const { userId, login, madePassword } = saved;
	if (madePassword === null) return redirect(`/${actor.account.kind}/team/${userId}`);
	const made = { userId, login, password: madePassword };
	return data({ made, lastResult: undefined, formKey: "" }, { headers: { "Cache-Control": "no-store" } });
}

export default function NewEmployee() {
	const t = useT("team");
	const path = useCabinetPath();
	const { roles, formKey } = useLoaderData<typeof loader>();
	const done = useActionData<typeof action>();
	if (done?.made) {
		const { userId, login, password } = done.made;
		return (
			<div className="stack">
				<PageHeader title={t("new.made")} />
				<PasswordShown login={login} password={password} to={path(`team/${userId}`)} />
			</div>
		);
	}
	return (
		<div className="stack">
			<PageHeader title={t("new.title")} back={{ to: path("team"), label: t("people.title") }} />
			{roles.length === 0 ? (
				<EmptyState
					title={t("new.no_roles")}
					action={<LinkButton to={path("team/roles/new")}>{t("role.new")}</LinkButton>}
				>
					{t("new.no_roles_text")}
				</EmptyState>
			) : (
				<NewEmployeeForm formKey={done?.formKey || formKey} roles={roles} lastResult={done?.lastResult} />
			)}
		</div>
	);
}
