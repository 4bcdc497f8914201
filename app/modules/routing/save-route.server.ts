import { parseWithZod } from "@conform-to/zod/v4";
import type { ChannelName } from "#app/channels/channel.ts";
import type { FormReply } from "#app/lib/form-reply.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { readBooks } from "#db/tx.ts";
import { createRoute } from "./create-route.server.ts";
import { requireRoute } from "./require-route.server.ts";
import { routeSchema } from "./route.schema.ts";
import { type RouteTrouble, routeTrouble } from "./route-trouble.ts";
import { updateRoute } from "./update-route.server.ts";

export interface FailedRoute {
	/** With everything as it was typed. */
	lastResult: FormReply;
	status: 409 | 422;
	/** What the form goes on with: what it was made of; after a 409 the route's by now, so that the next try changes that. */
	version: number;
}

/**
 * Makes a route of its filled-in form, or changes one; or says what is wrong with it.
 *
 * @param of the channel of a new route, or the route that is changed.
 * @throws Response 403, 404.
 */
export async function saveRoute(
	actor: Actor,
	of: { channel: ChannelName } | { routeId: number },
	form: FormData,
): Promise<FailedRoute | undefined> {
	requireRight(actor, "providers.update");
	const seen = Number(form.get("version")) || 0;
	const submission = parseWithZod(form, { schema: routeSchema });
	if (submission.status !== "success") return { lastResult: submission.reply(), status: 422, version: seen };
	try {
		if ("channel" in of) await createRoute(actor, of.channel, submission.value);
		else await updateRoute(actor, of.routeId, seen, submission.value);
		return undefined;
	} catch (error) {
		const trouble = routeTrouble(error);
		const lastResult = submission.reply(asErrors(trouble));
		if (trouble.status !== 409 || !("routeId" in of)) return { lastResult, status: trouble.status, version: seen };
		const { version } = readBooks((tx) => requireRoute(tx, actor, of.routeId));
		return { lastResult, status: 409, version };
	}
}

function asErrors({ field, issue }: RouteTrouble) {
	return field ? { fieldErrors: { [field]: [issue] } } : { formErrors: [issue] };
}
