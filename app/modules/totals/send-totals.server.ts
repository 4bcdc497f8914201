import { translator } from "#app/lib/i18n.server.ts";
import { localeOf } from "#app/modules/access/page-settings.server.ts";
import type { SignedIn } from "#app/modules/access/signed-in-by.server.ts";
import { exportTotals } from "./export-totals.server.ts";
import { readTotalsQuery } from "./totals-query.ts";

/** The file of the period that an address asks for. @throws Response 403 */
export async function sendTotals(signedIn: SignedIn, request: Request): Promise<Response> {
	const { period } = readTotalsQuery(request.url);
	const file = await exportTotals(signedIn.actor, period, translator(localeOf(request, signedIn)));
	return new Response(file, {
		headers: {
			"Content-Type": "text/csv; charset=utf-8",
			"Content-Disposition": `attachment; filename="totals-${signedIn.actor.account.id}-${period.from}-${period.to}.csv"`,
			"Cache-Control": "no-store",
		},
	});
}
