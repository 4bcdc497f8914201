import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { cookieFor } from "#app/lib/cookies.ts";
import { SESSION_COOKIE } from "#app/modules/access/session-token.server.ts";
import { signOut } from "#app/modules/access/sign-out.server.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";

export async function action({ request }: ActionFunctionArgs) {
	const signedIn = signedInBy(request);
	if (signedIn) await signOut(signedIn);
	return redirect("/sign-in?signed-out", { headers: { "Set-Cookie": cookieFor(request, SESSION_COOKIE, "", 0) } });
}

export function loader() {
	return redirect("/");
}
