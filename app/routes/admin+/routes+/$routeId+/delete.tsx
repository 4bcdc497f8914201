import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { RouteFacts } from "#app/components/routing/route-facts.tsx";
import { AskOnce } from "#app/components/team/ask-once.tsx";
import { translateIssue } from "#app/lib/issue.ts";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { deleteRoute } from "#app/modules/routing/delete-route.server.ts";
import { getRoutePage } from "#app/modules/routing/get-route-page.server.ts";
import { routeOr404, routeTrouble } from "#app/modules/routing/route-trouble.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("routing:delete.title") };

export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	requireRight(actor, "providers.update");
	return routeOr404(() => readBooks((tx) => getRoutePage(tx, actor, Number(params.routeId))));
}

export async function action({ request, params }: ActionFunctionArgs) {
	const actor = requireActor(request, "admin");
	const version = Number((await request.formData()).get("version"));
	const trouble = await deleteRoute(actor, Number(params.routeId), version).catch(routeTrouble);
	return trouble ? data(trouble, { status: trouble.status }) : redirect("/admin/routes");
}

export default function DeleteRoute() {
	const t = useT("routing");
	const route = useLoaderData<typeof loader>();
	const trouble = useActionData<typeof action>();
	const back = { to: `/admin/routes/${route.id}`, label: t("edit.title") };
	return (
		<div className="stack">
			<PageHeader title={t("delete.title")} back={back} />
			<RouteFacts route={route} />
			<AskOnce
				trouble={trouble && translateIssue(t, trouble.issue)}
				lines={[t("delete.what")]}
				version={route.version}
				submit={t("delete.submit")}
				keep={{ to: back.to, label: t("delete.keep") }}
			/>
		</div>
	);
}
