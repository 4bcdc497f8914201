import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { AskOnce } from "#app/components/team/ask-once.tsx";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { blockEmployee } from "#app/modules/team/block-employee.server.ts";
import { getEmployeeDeed } from "#app/modules/team/get-employee-deed.server.ts";
import { teamOr404, teamTrouble } from "#app/modules/team/team-trouble.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("team:block.title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return teamOr404(() => readBooks((tx) => getEmployeeDeed(tx, actor, Number(params.userId), "employees.update")));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const version = Number((await request.formData()).get("version"));
	const trouble = await blockEmployee(actor, Number(params.userId), version).catch(teamTrouble);
	if (!trouble) return redirect(`/${actor.account.kind}/team/${params.userId}`);
	return data(trouble, { status: trouble.status });
}

export default function BlockEmployee() {
	const t = useT("team");
	const path = useCabinetPath();
	const person = useLoaderData<typeof loader>();
	const trouble = useActionData<typeof action>();
	const back = path(`team/${person.id}`);
	return (
		<div className="stack">
			<PageHeader title={t("block.title")} back={{ to: back, label: person.name }} />
			<AskOnce
				trouble={trouble && translateIssue(t, trouble.issue)}
				lines={[t("block.who", { name: person.name, login: person.login }), t("block.what")]}
				version={person.version}
				submit={t("block.submit")}
				keep={{ to: back, label: t("keep") }}
			/>
		</div>
	);
}
