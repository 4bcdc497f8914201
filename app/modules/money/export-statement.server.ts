import type { TFunction } from "i18next";
import { CSV_BOM, csvLine } from "#app/lib/csv.ts";
import { writeMicros } from "#app/lib/micros.ts";
import { makeXlsx, type XlsxCell } from "#app/lib/xlsx.server.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import type { ExportFormat } from "./export-history.server.ts";
import { getStatement, type Statement } from "./get-statement.server.ts";

/**
 * A statement as a file. That it was taken out is noted.
 *
 * @param accountId undefined: the own.
 * @param t of any namespace, in the reader's language.
 * @throws Response 403; AccountNotFoundError
 */
export async function exportStatement(
	actor: Actor,
	accountId: number | undefined,
	period: { from: string; to: string },
	format: ExportFormat,
	t: TFunction,
): Promise<string | Uint8Array<ArrayBuffer>> {
	requireRight(actor, "money.read");
	const statement = await getStatement(actor, accountId, period);
	const { account, from, to } = statement;
	await inTx((tx) => writeAudit(tx, actor, "money.export", `account:${account.id}`, { since: from, until: to }));
	const rows = statementRows(t, statement);
	if (format === "xlsx") return makeXlsx(t("money:statement.title") as string, rows);
	return CSV_BOM + rows.map(csvLine).join("");
}

function statementRows(t: TFunction, { account, currency, from, to, books }: Statement): XlsxCell[][] {
	const words = (key: string) => t(`money:${key}`) as string;
	const sum = (micros: number) => Number(writeMicros(micros));
	const rows: XlsxCell[][] = [
		[
			...["account", "from", "to", "book", "line", "count"].map((key) => words(`statement.${key}`)),
			t("money:amount", { currency }) as string,
		],
	];
	for (const { book, openingMicros, closingMicros, sums } of books) {
		const line = (what: string, count: number | null, micros: number) =>
			rows.push([account.name, from, to, words(`book.${book}`), what, count, sum(micros)]);
		line(words("statement.opening"), null, openingMicros);
		for (const { kind, count, micros } of sums ?? []) line(words(`kind.${kind}`), count, micros);
		line(words("statement.closing"), null, closingMicros);
	}
	return rows;
}
