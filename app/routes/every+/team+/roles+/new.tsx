import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { RoleForm } from "#app/components/team/role-form.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { newRoleFrame } from "#app/modules/team/get-role-page.server.ts";
import { TEMPLATE_NAMES } from "#app/modules/team/role-templates.ts";
import { saveRole } from "#app/modules/team/save-role.server.ts";

export const handle: PageHandle = { title: (t) => t("team:role.new") };

export function loader({ request }: LoaderFunctionArgs) {
	const asked = new URL(request.url).searchParams.get("template");
	const template = TEMPLATE_NAMES.find((one) => one === asked);
	return { ...newRoleFrame(requireActor(request), template), template: template ?? null };
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request);
	const saved = await saveRole(actor, undefined, await request.formData());
	if ("roleId" in saved) return redirect(`/${actor.account.kind}/team/roles`);
	return data(saved, { status: saved.status });
}

export default function NewRole() {
	const t = useT("team");
	const path = useCabinetPath();
	const { template, rights, ...frame } = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	const fresh = { name: template ? t(`template.${template}`) : "", rights, reach: "all", only: "" };
	return (
		<div className="stack">
			<PageHeader title={t("role.new")} back={{ to: path("team/roles"), label: t("roles.title") }} />
			<nav className="filters" aria-label={t("template.title")}>
				<Link discover="none" to="?" aria-current={template === null ? "page" : undefined}>
					{t("template.none")}
				</Link>
				{TEMPLATE_NAMES.map((one) => (
					<Link discover="none" key={one} to={`?template=${one}`} aria-current={one === template ? "page" : undefined}>
						{t(`template.${one}`)}
					</Link>
				))}
			</nav>
			<RoleForm
				key={template}
				{...frame}
				lost={[]}
				values={failed?.values ?? fresh}
				lastResult={failed?.lastResult}
				submit={t("role.submit_new")}
			/>
		</div>
	);
}
