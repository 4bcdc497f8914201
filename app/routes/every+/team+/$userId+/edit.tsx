import { useForm } from "@conform-to/react";
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { SubmitButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { ErrorSummary } from "#app/components/error-summary.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { EmployeeFields } from "#app/components/team/employee-fields.tsx";
import { EmployeeNow } from "#app/components/team/employee-now.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getEmployeeDeed } from "#app/modules/team/get-employee-deed.server.ts";
import { grantableRoles } from "#app/modules/team/new-employee-frame.server.ts";
import { saveEmployee } from "#app/modules/team/save-employee.server.ts";
import { teamOr404 } from "#app/modules/team/team-trouble.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("team:edit.title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return teamOr404(() =>
		readBooks((tx) => ({
			person: getEmployeeDeed(tx, actor, Number(params.userId), "employees.update"),
			roles: grantableRoles(tx, actor),
		})),
	);
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const saved = await saveEmployee(actor, Number(params.userId), await request.formData());
	if ("userId" in saved) return redirect(`/${actor.account.kind}/team/${saved.userId}`);
	return data(saved, { status: saved.status });
}

export default function EditEmployee() {
	const t = useT("team");
	const path = useCabinetPath();
	const { person, roles } = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	const [form, fields] = useForm<Record<"name" | "email" | "phone" | "roleId", string>>({
		id: "employee",
		defaultValue: { ...person, roleId: String(person.roleId ?? "") },
		lastResult: failed?.lastResult,
	});
	return (
		<div className="stack">
			<PageHeader title={t("edit.title")} back={{ to: path(`team/${person.id}`), label: person.name }} />
			<PostForm className="form" id={form.id} noValidate>
				{failed?.now ? <EmployeeNow now={failed.now} /> : <ErrorSummary form={form} />}
				<input type="hidden" name="version" value={failed?.now?.version ?? person.version} />
				<EmployeeFields fields={fields} roles={roles} />
				<div>
					<SubmitButton>{t("edit.submit")}</SubmitButton>
				</div>
			</PostForm>
		</div>
	);
}
