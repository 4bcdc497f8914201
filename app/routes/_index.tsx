import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { firstPageOf } from "#app/modules/access/cabinet.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";

export function loader({ request }: LoaderFunctionArgs) {
	const actor = signedInBy(request)?.actor;
	return redirect(actor ? firstPageOf(actor) : "/sign-in");
}
