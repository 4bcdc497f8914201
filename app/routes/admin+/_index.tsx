import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { firstPageOf } from "#app/modules/access/cabinet.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";

export function loader({ request }: LoaderFunctionArgs) {
	return redirect(firstPageOf(requireActor(request, "admin")));
}
