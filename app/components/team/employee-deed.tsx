import { useActionData, useLoaderData } from "@remix-run/react";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import type { EmployeeFacts } from "#app/modules/team/get-employee-deed.server.ts";
import type { TeamTrouble } from "#app/modules/team/team-trouble.ts";
import { useCabinetPath } from "../cabinet-path.ts";
import { PageHeader } from "../page-header.tsx";
import { AskOnce } from "./ask-once.tsx";

/** The page that asks before something is done to the employee of the route's loader; what went wrong comes from its action. */
export function EmployeeDeed({ deed }: { deed: "block" | "remove" }) {
	const t = useT("team");
	const path = useCabinetPath();
	const person = useLoaderData<EmployeeFacts>();
	const trouble = useActionData<TeamTrouble>();
	const back = path(`team/${person.id}`);
	return (
		<div className="stack">
			<PageHeader title={t(`${deed}.title`)} back={{ to: back, label: person.name }} />
			<AskOnce
				trouble={trouble && translateIssue(t, trouble.issue)}
				lines={[t(`${deed}.who`, { name: person.name, login: person.login }), t(`${deed}.what`)]}
				version={person.version}
				submit={t(`${deed}.submit`)}
				keep={{ to: back, label: t("keep") }}
			/>
		</div>
	);
}
