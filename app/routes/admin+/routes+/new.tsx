import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { PageHeader } from "#app/components/page-header.tsx";
import type { PageHandle } from "#app/components/page-title.ts";
import { RouteForm } from "#app/components/routing/route-form.tsx";
import { useT } from "#app/lib/page-context.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { CHANNELS, readChannel } from "#app/modules/routing/content-kinds.ts";
import { newRouteFrame } from "#app/modules/routing/get-route-page.server.ts";
import { saveRoute } from "#app/modules/routing/save-route.server.ts";
import { readBooks } from "#db/tx.ts";

export const handle: PageHandle = { title: (t) => t("routing:new.title") };

export function loader({ request }: LoaderFunctionArgs) {
	const actor = requireActor(request, "admin");
	requireRight(actor, "providers.update");
	const channel = readChannel(new URL(request.url).searchParams);
	return { frame: channel ? readBooks((tx) => newRouteFrame(tx, actor, channel)) : null };
}

export async function action({ request }: ActionFunctionArgs) {
	const actor = requireActor(request, "admin");
	requireRight(actor, "providers.update");
	const channel = readChannel(new URL(request.url).searchParams);
	if (!channel) throw new Response(null, { status: 404 });
	const failed = await saveRoute(actor, { channel }, await request.formData());
	return failed ? data(failed, { status: failed.status }) : redirect("/admin/routes");
}

export default function NewRoute() {
	const t = useT("routing");
	const tp = useT("providers");
	const { frame } = useLoaderData<typeof loader>();
	const failed = useActionData<typeof action>();
	const back = { to: "/admin/routes", label: t("title") };
	if (!frame)
		return (
			<div className="stack">
				<PageHeader title={t("new.title")} back={back} note={t("new.choose")} />
				<ul className="bullets">
					{CHANNELS.map((channel) => (
						<li key={channel}>
							<Link discover="none" to={`?channel=${channel}`}>
								{tp(`channel_name.${channel}`)}
							</Link>
						</li>
					))}
				</ul>
			</div>
		);
	return (
		<div className="stack">
			<PageHeader title={`${t("new.title")} · ${tp(`channel_name.${frame.channel}`)}`} back={back} />
			{frame.providers.length === 0 ? (
				<p>
					{t("new.no_providers")}{" "}
					<Link discover="none" to="/admin/providers/new">
						{tp("new.title")}
					</Link>
				</p>
			) : (
				<RouteForm frame={frame} lastResult={failed?.lastResult} submit={t("new.submit")} />
			)}
		</div>
	);
}
