import { translator } from "#app/lib/i18n.server.ts";
import { XLSX_TYPE } from "#app/lib/xlsx.server.ts";
import { localeOf } from "#app/modules/access/page-settings.server.ts";
import type { SignedIn } from "#app/modules/access/signed-in-by.server.ts";
import { exportHistory } from "./export-history.server.ts";
import { exportStatement } from "./export-statement.server.ts";
import { readHistoryFilter } from "./history-filter.ts";

/**
 * The file that an address asks for: "?of=statement&from=…&to=…", or a history by its filter; "format=xlsx", or CSV.
 *
 * @param accountId undefined: the own.
 * @throws Response 403; AccountNotFoundError
 */
export async function sendExport(
	signedIn: SignedIn,
	request: Request,
	accountId: number | undefined,
): Promise<Response> {
	const { actor } = signedIn;
	const query = new URL(request.url).searchParams;
	const filter = readHistoryFilter(query);
	const format = query.get("format") === "xlsx" ? "xlsx" : "csv";
	const isStatement = query.get("of") === "statement";
	const t = translator(localeOf(request, signedIn));
	const file = isStatement
		? await exportStatement(actor, accountId, filter, format, t)
		: await exportHistory(actor, accountId, filter, format, t);
	const day = new Date().toISOString().slice(0, 10);
	const name = `${isStatement ? "statement" : "money"}-${accountId ?? actor.account.id}-${day}.${format}`;
	return new Response(file, {
		headers: {
			"Content-Type": format === "xlsx" ? XLSX_TYPE : "text/csv; charset=utf-8",
			"Content-Disposition": `attachment; filename="${name}"`,
			"Cache-Control": "no-store",
		},
	});
}
