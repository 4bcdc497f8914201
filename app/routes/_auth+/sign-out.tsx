import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { cookieFor } from "#app/lib/cookies.ts";
import { SESSION_COOKIE } from "#app/modules/access/session-token.server.ts";
import { signOut } from "#app/modules/access/sign-out.server.ts";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";

export async function action({ request }: ActionFunctionArgs) {
	const signedIn = signedInBy(request);
	if (signedIn) await signOut(signedIn);
	const headers = {
		"Set-Cookie": cookieFor(request, SESSION_COOKIE, "", 0),
		// The next person at this screen must not go back to pages of the last.
		"Clear-Site-Data": '"cache"',
	};
	return redirect("/sign-in?signed-out", { headers });
}

export function loader() {
	return redirect("/");
}
