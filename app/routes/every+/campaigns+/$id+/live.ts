import type { LoaderFunctionArgs } from "@remix-run/node";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { orNotFound } from "#app/modules/campaigns/campaign-trouble.ts";
import { liveFigures } from "#app/modules/campaigns/live-figures.server.ts";

/** The campaign's figures as they move, for app/enhance/live.js. */
export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	const events = orNotFound(() => liveFigures(actor, Number(params.id), request.signal));
	return new Response(events, {
		headers: { "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store, no-transform" },
	});
}
