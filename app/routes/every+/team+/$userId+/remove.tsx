import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import type { PageHandle } from "#app/components/page-title.ts";
import { EmployeeDeed } from "#app/components/team/employee-deed.tsx";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getEmployeeDeed } from "#app/modules/team/get-employee-deed.server.ts";
import { removeEmployee } from "#app/modules/team/remove-employee.server.ts";
import { teamOr404, teamTrouble } from "#app/modules/team/team-trouble.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("team:remove.title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return teamOr404(() => readBooks((tx) => getEmployeeDeed(tx, actor, Number(params.userId), "employees.delete")));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const version = Number((await request.formData()).get("version"));
	const trouble = await removeEmployee(actor, Number(params.userId), version).catch(teamTrouble);
	if (!trouble) return redirect(`/${actor.account.kind}/team`);
	return data(trouble, { status: trouble.status });
}

export default function RemoveEmployee() {
	return <EmployeeDeed deed="remove" />;
}
