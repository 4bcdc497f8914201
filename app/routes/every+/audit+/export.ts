import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { translator } from "#app/lib/i18n.server.ts";
import { localeOf } from "#app/modules/access/page-settings.server.ts";
import { requireSignedIn } from "#app/modules/access/require-actor.server.ts";
import { exportTrail } from "#app/modules/audit/export-trail.server.ts";
import { readTrailFilter, writeTrailFilter } from "#app/modules/audit/trail-filter.ts";

/** The trail as a file: a POST, because taking it out is noted. */
export async function action({ request }: ActionFunctionArgs) {
	const signedIn = requireSignedIn(request);
	const filter = readTrailFilter(new URL(request.url).searchParams);
	const file = await exportTrail(signedIn.actor, filter, translator(localeOf(request, signedIn)));
	if ("unknown" in file) return redirect(`/${signedIn.actor.account.kind}/audit?${writeTrailFilter(filter)}`);
	const day = new Date().toISOString().slice(0, 10);
	return new Response(file, {
		headers: {
			"Content-Type": "text/csv; charset=utf-8",
			"Content-Disposition": `attachment; filename="audit-${day}.csv"`,
			"Cache-Control": "no-store",
		},
	});
}

export function loader({ request }: { request: Request }) {
	const { actor } = requireSignedIn(request);
	return redirect(`/${actor.account.kind}/audit`);
}
