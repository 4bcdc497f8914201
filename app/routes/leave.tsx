import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { signedInBy } from "#app/modules/access/signed-in-by.server.ts";
import { leaveAccount } from "#app/modules/impersonation/leave-account.server.ts";

/** Out of a cabinet that was entered; open also to whoever entered it only to look. */
export async function action({ request }: ActionFunctionArgs) {
	const signedIn = signedInBy(request);
	if (!signedIn) return redirect("/sign-in");
	const form = await request.formData();
	return redirect(await leaveAccount(signedIn, Number(form.get("from"))));
}

export function loader() {
	return redirect("/");
}
