import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { LinkButton } from "#app/components/button.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { DataTable } from "#app/components/data-table.tsx";
import { EmptyState } from "#app/components/empty-state.tsx";
import { NameLink } from "#app/components/name-link.tsx";
import { Num } from "#app/components/num.tsx";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { useMayChangeTeam } from "#app/components/team/may-change-team.ts";
import { TeamTabs } from "#app/components/team/team-tabs.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { listRoles } from "#app/modules/team/list-roles.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("team:roles.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	return { rows: readBooks((tx) => listRoles(tx, actor)) };
}

export default function Roles() {
	const t = useT("team");
	const path = useCabinetPath();
	const may = useMayChangeTeam();
	const { rows } = useLoaderData<typeof loader>();
	const mayDelete = (row: (typeof rows)[number]) => row.people === 0 && row.canGive && may("employees.delete");
	const make = may("employees.create") && <LinkButton to={path("team/roles/new")}>{t("role.new")}</LinkButton>;
	return (
		<div className="stack">
			<PageHeader title={t("roles.title")} action={rows.length > 0 && make} />
			<TeamTabs now="roles" />
			{rows.length === 0 ? (
				<EmptyState title={t("roles.empty")} action={make}>
					{t("roles.empty_text")}
				</EmptyState>
			) : (
				<DataTable
					caption={t("roles.title")}
					rows={rows}
					rowKey={(row) => row.id}
					columns={[
						{
							key: "name",
							header: t("role.name"),
							isMain: true,
							cell: (row) => <NameLink to={path(`team/roles/${row.id}`)}>{row.name}</NameLink>,
						},
						{
							key: "rights",
							header: t("rights.title"),
							isNumber: true,
							cell: (row) => <Num value={row.rightCount} />,
						},
						{
							key: "accounts",
							header: t("reach.title"),
							cell: (row) =>
								row.accountCount === null ? t("reach.all") : t("reach.count", { count: row.accountCount }),
						},
						{
							key: "people",
							header: t("people.title"),
							isNumber: true,
							cell: (row) =>
								row.people === 0 ? (
									<Num value={0} />
								) : (
									<Link discover="none" to={path(`team?role=${row.id}`)}>
										<Num value={row.people} />
									</Link>
								),
						},
						...(rows.some(mayDelete)
							? [
									{
										key: "delete",
										header: t("verb.delete"),
										cell: (row: (typeof rows)[number]) =>
											mayDelete(row) && (
												<Link discover="none" to={path(`team/roles/${row.id}/delete`)}>
													{t("delete.title")}
												</Link>
											),
									},
								]
							: []),
					]}
				/>
			)}
		</div>
	);
}
