import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { FIRST_PAGE } from "#app/modules/access/cabinet.ts";
import { requireActor } from "#app/modules/access/require-actor.server.ts";

export function loader({ request }: LoaderFunctionArgs) {
	requireActor(request, "dealer");
	return redirect(FIRST_PAGE.dealer);
}
