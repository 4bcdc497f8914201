import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { FIRST_PAGE } from "#app/modules/access/cabinet.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";

export function loader({ request }: LoaderFunctionArgs) {
	const kind = signedInBy(request)?.actor.account.kind;
	return redirect(kind ? FIRST_PAGE[kind] : "/sign-in");
}
