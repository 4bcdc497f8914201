import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { LinkButton, SubmitButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { PostForm } from "#app/components/post-form.tsx";
import { EmployeeFacts } from "#app/components/team/employee-facts.tsx";
import { useMayChangeTeam } from "#app/components/team/may-change-team.ts";
import { PersonState } from "#app/components/team/person-state.tsx";
import { ReachFacts } from "#app/components/team/reach-facts.tsx";
import { RightsTable } from "#app/components/team/rights-table.tsx";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getEmployeePage } from "#app/modules/team/get-employee-page.server.ts";
import { teamOr404, teamTrouble } from "#app/modules/team/team-trouble.ts";
import { unblockEmployee } from "#app/modules/team/unblock-employee.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle<{ name: string }> = { title: (_t, { name }) => name };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return teamOr404(() => readBooks((tx) => getEmployeePage(tx, actor, Number(params.userId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const version = Number((await request.formData()).get("version"));
	const trouble = await unblockEmployee(actor, Number(params.userId), version).catch(teamTrouble);
	if (!trouble) return redirect(`/${actor.account.kind}/team/${params.userId}`);
	return data(trouble, { status: trouble.status });
}

export default function EmployeePage() {
	const t = useT("team");
	const path = useCabinetPath();
	const may = useMayChangeTeam();
	const person = useLoaderData<typeof loader>();
	const trouble = useActionData<typeof action>();
	const { mayChange, state, version } = person;
	const at = (deed: string) => path(`team/${person.id}/${deed}`);
	const mayUpdate = mayChange && may("employees.update");
	return (
		<div className="stack">
			<PageHeader
				title={person.name}
				isUserText
				back={{ to: path("team"), label: t("people.title") }}
				note={<PersonState state={state} />}
				action={mayUpdate && <LinkButton to={at("edit")}>{t("edit.title")}</LinkButton>}
			/>
			{trouble && <Alert tone="warn">{translateIssue(t, trouble.issue)}</Alert>}
			<EmployeeFacts person={person} />
			{mayChange && (
				<div className="row">
					{mayUpdate && (
						<LinkButton to={at("password")} weight="quiet">
							{t("password_new.title")}
						</LinkButton>
					)}
					{mayUpdate && state === "active" && (
						<LinkButton to={at("block")} weight="quiet">
							{t("block.title")}
						</LinkButton>
					)}
					{mayUpdate && state === "blocked" && (
						<PostForm action="?index">
							<input type="hidden" name="version" value={version} />
							<SubmitButton weight="quiet">{t("unblock")}</SubmitButton>
						</PostForm>
					)}
					{may("employees.delete") && (
						<LinkButton to={at("remove")} weight="quiet">
							{t("remove.title")}
						</LinkButton>
					)}
				</div>
			)}
			{!mayChange && <p className="soft">{t(person.isSelf ? "cannot.self" : "cannot.more")}</p>}
			<RightsTable checked={person.shown.rights} lost={person.shown.lost} grantable={[]} />
			<h2>{t("reach.title")}</h2>
			<ReachFacts shown={person.shown} />
		</div>
	);
}
