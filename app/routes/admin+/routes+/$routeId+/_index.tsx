import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Alert } from "#app/components/alert.tsx";
import { LinkButton } from "#app/components/button.tsx";
import { useRights } from "#app/components/frame/root-data.ts";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { RouteFacts } from "#app/components/routing/route-facts.tsx";
import { RouteForm } from "#app/components/routing/route-form.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { getRoutePage } from "#app/modules/routing/get-route-page.server.ts";
import { routeOr404 } from "#app/modules/routing/route-trouble.ts";
import { saveRoute } from "#app/modules/routing/save-route.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("routing:edit.title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	return routeOr404(() => readBooks((tx) => getRoutePage(tx, actor, Number(params.routeId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request, "admin");
	const failed = await saveRoute(actor, { routeId: Number(params.routeId) }, await request.formData());
	return failed ? data(failed, { status: failed.status }) : redirect("/admin/routes");
}

export default function RoutePage() {
	const t = useT("routing");
	const tp = useT("providers");
	const may = useRights();
	const route = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	const mayChange = may("providers.update");
	return (
		<div className="stack">
			<PageHeader
				title={`${t("edit.title")} · ${tp(`channel_name.${route.channel}`)}`}
				back={{ to: "/admin/routes", label: t("title") }}
				action={
					mayChange && (
						<LinkButton to={`/admin/routes/${route.id}/delete`} weight="quiet">
							{t("delete.title")}
						</LinkButton>
					)
				}
			/>
			{failed?.status === 409 && (
				<Alert tone="warn" title={t("edit.now")}>
					<RouteFacts route={route} />
				</Alert>
			)}
			{mayChange ? (
				<RouteForm
					action="?index"
					frame={route}
					version={failed?.version ?? route.version}
					lastResult={failed?.lastResult}
					submit={t("edit.submit")}
				/>
			) : (
				<RouteFacts route={route} />
			)}
		</div>
	);
}
