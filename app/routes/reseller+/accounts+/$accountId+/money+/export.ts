import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { requireSignedIn } from "#app/modules/access/require-actor.server.ts";
import { accountPath } from "#app/modules/accounts/account-path.ts";
import { accountPageOr404 } from "#app/modules/accounts/account-trouble.ts";
import { sendExport } from "#app/modules/money/send-export.server.ts";

/** The history or statement of an account below as a file: a POST, because taking it out is noted. */
export async function action({ request, params }: ActionFunctionArgs) {
	const signedIn = requireSignedIn(request);
	const id = Number(params.accountId);
	return accountPageOr404(signedIn.actor, id, () => sendExport(signedIn, request, id));
}

export function loader({ request, params }: LoaderFunctionArgs) {
	const { actor } = requireSignedIn(request);
	return redirect(accountPath(actor, params.accountId, "money"));
}
