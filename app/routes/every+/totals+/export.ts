import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireSignedIn } from "#app/modules/access/require-actor.server.ts";
import { sendTotals } from "#app/modules/totals/send-totals.server.ts";

/** What was earned or spent as a file: a POST, because taking it out is noted. */
export async function action({ request }: ActionFunctionArgs) {
	return sendTotals(requireSignedIn(request), request);
}

export function loader({ request }: { request: Request }) {
	const { actor } = requireSignedIn(request);
	return redirect(`/${actor.account.kind}/totals`);
}
