import type { LoaderFunctionArgs } from "@remix-run/node";
import { stopping } from "#app/lib/stopping.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";
import { orNotFound } from "#app/modules/campaigns/campaign-trouble.ts";
import { liveFigures } from "#app/modules/campaigns/live-figures.server.ts";

/** The campaign's figures as they move, for app/enhance/live.js. */
export function loader({ request, params }: LoaderFunctionArgs) {
	const actor = requireActor(request);
	// Ends with the visitor, and with this process: its stop waits for what is under way.
	const signal = AbortSignal.any([request.signal, stopping]);
	const events = orNotFound(() => liveFigures(actor, Number(params.id), signal));
	return new Response(events, {
		headers: { "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store, no-transform" },
	});
}
