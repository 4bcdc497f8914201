import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { AskOnce } from "#app/components/team/ask-once.tsx";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { deleteRole } from "#app/modules/team/delete-role.server.ts";
import { getRoleDeed } from "#app/modules/team/get-role-deed.server.ts";
import { teamOr404, teamTrouble } from "#app/modules/team/team-trouble.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("team:delete.title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return teamOr404(() => readBooks((tx) => getRoleDeed(tx, actor, Number(params.roleId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const version = Number((await request.formData()).get("version"));
	const trouble = await deleteRole(actor, Number(params.roleId), version).catch(teamTrouble);
	if (!trouble) return redirect(`/${actor.account.kind}/team/roles`);
	return data(trouble, { status: trouble.status });
}

export default function DeleteRole() {
	const t = useT("team");
	const path = useCabinetPath();
	const role = useLoaderData<typeof loader>();
	const trouble = useActionData<typeof action>();
	const back = path(`team/roles/${role.id}`);
	return (
		<div className="stack">
			<PageHeader title={t("delete.title")} back={{ to: back, label: role.name }} />
			{role.isUsed ? (
				<p>{t("error.role_in_use")}</p>
			) : (
				<AskOnce
					trouble={trouble && translateIssue(t, trouble.issue)}
					lines={[t("delete.what", { name: role.name })]}
					version={role.version}
					submit={t("delete.submit")}
					keep={{ to: back, label: t("keep") }}
				/>
			)}
		</div>
	);
}
