import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { LinkButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useMayChangeTeam } from "#app/components/team/may-change-team.ts";
import { ReachFacts } from "#app/components/team/reach-facts.tsx";
import { RightsTable } from "#app/components/team/rights-table.tsx";
import { RoleForm } from "#app/components/team/role-form.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getRolePage } from "#app/modules/team/get-role-page.server.ts";
import { saveRole } from "#app/modules/team/save-role.server.ts";
import { teamOr404 } from "#app/modules/team/team-trouble.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle<{ name: string }> = { title: (_t, { name }) => name };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return teamOr404(() => readBooks((tx) => getRolePage(tx, actor, Number(params.roleId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const saved = await saveRole(actor, Number(params.roleId), await request.formData());
	if ("roleId" in saved) return redirect(`/${actor.account.kind}/team/roles`);
	return data(saved, { status: saved.status });
}

export default function RolePage() {
	const t = useT("team");
	const path = useCabinetPath();
	const may = useMayChangeTeam();
	const role = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	const mayDelete = role.mayChange && may("employees.delete") && !role.isUsed;
	return (
		<div className="stack">
			<PageHeader
				title={role.name}
				isUserText
				back={{ to: path("team/roles"), label: t("roles.title") }}
				action={
					mayDelete && (
						<LinkButton to={path(`team/roles/${role.id}/delete`)} weight="quiet">
							{t("delete.title")}
						</LinkButton>
					)
				}
			/>
			{role.mayChange && may("employees.update") ? (
				<RoleForm
					action="?index"
					values={failed?.values ?? role.values}
					lost={role.shown.lost}
					grantable={role.grantable}
					hasAccounts={role.hasAccounts}
					version={failed?.now?.version ?? role.version}
					lastResult={failed?.lastResult}
					changes={failed?.now?.changes}
					submit={t("role.submit")}
				/>
			) : (
				<>
					<p className="soft">{t(role.isOwn ? "cannot.own_role" : "cannot.role")}</p>
					<RightsTable checked={role.shown.rights} lost={role.shown.lost} grantable={[]} />
					<h2>{t("reach.title")}</h2>
					<ReachFacts shown={role.shown} />
				</>
			)}
		</div>
	);
}
