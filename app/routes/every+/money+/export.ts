import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { requireSignedIn } from "#app/modules/access/require-actor.server.ts";
import { sendExport } from "#app/modules/money/send-export.server.ts";

/** The own history or statement as a file: a POST, because taking it out is noted. */
export async function action({ request }: ActionFunctionArgs) {
	return sendExport(requireSignedIn(request), request, undefined);
}

export function loader({ request }: { request: Request }) {
	const { actor } = requireSignedIn(request);
	return redirect(`/${actor.account.kind}/money`);
}
