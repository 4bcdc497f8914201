import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { LinkButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { DataTable } from "#app/components/data-table.tsx";
import { NameLink } from "#app/components/name-link.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { Pager } from "#app/components/pager.tsx";
import { useMayChangeTeam } from "#app/components/team/may-change-team.ts";
import { PersonState } from "#app/components/team/person-state.tsx";
import { TeamTabs } from "#app/components/team/team-tabs.tsx";
import { Time } from "#app/components/time.tsx";
import { readAfter } from "#app/lib/page-by-key.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listEmployees } from "#app/modules/team/list-employees.server.ts";
import { PERSON_STATES } from "#app/modules/team/person-states.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("team:people.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const query = new URL(request.url).searchParams;
	const state = PERSON_STATES.find((one) => one === query.get("state"));
	const roleId = Number(query.get("role")) || undefined;
	const after = readAfter(request.url);
	const list = readBooks((tx) => listEmployees(tx, actor, { state, roleId, after }));
	return { ...list, state: state ?? null, isFirst: after === undefined };
}

export default function Team() {
	const t = useT("team");
	const path = useCabinetPath();
	const may = useMayChangeTeam();
	const { rows, nextAfter, state, isFirst } = useLoaderData<typeof loader>();
	return (
		<div className="stack">
			<PageHeader
				title={t("people.title")}
				action={may("employees.create") && <LinkButton to={path("team/new")}>{t("new.title")}</LinkButton>}
			/>
			<TeamTabs now="people" />
			<nav className="filters" aria-label={t("state.title")}>
				<Link discover="none" to="?" aria-current={state === null ? "page" : undefined}>
					{t("state.all")}
				</Link>
				{PERSON_STATES.map((one) => (
					<Link discover="none" key={one} to={`?state=${one}`} aria-current={one === state ? "page" : undefined}>
						{t(`state.${one}`)}
					</Link>
				))}
			</nav>
			{rows.length === 0 && <p>{t("people.none")}</p>}
			{rows.length > 0 && (
				<DataTable
					caption={t("people.title")}
					rows={rows}
					rowKey={(row) => row.id}
					columns={[
						{
							key: "name",
							header: t("name"),
							isMain: true,
							cell: (row) =>
								row.role === "owner" ? (
									<bdi>{row.name}</bdi>
								) : (
									<NameLink to={path(`team/${row.id}`)}>{row.name}</NameLink>
								),
						},
						{ key: "login", header: t("login"), cell: (row) => <bdi>{row.login}</bdi> },
						{
							key: "role",
							header: t("role.title"),
							cell: (row) => (row.role === "owner" ? t("role.owner") : <bdi>{row.roleName ?? t("role.none")}</bdi>),
						},
						{ key: "state", header: t("state.title"), cell: (row) => <PersonState state={row.state} /> },
						{ key: "seen", header: t("seen"), cell: (row) => (row.seenAtUtc ? <Time atUtc={row.seenAtUtc} /> : "–") },
					]}
				/>
			)}
			<Pager isFirst={isFirst} after={nextAfter} />
		</div>
	);
}
