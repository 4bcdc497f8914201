import { setImmediate as otherRequests } from "node:timers/promises";
import type { TFunction } from "i18next";
import { CSV_BOM, csvLine } from "#app/lib/csv.ts";
import { makeXlsx } from "#app/lib/xlsx.server.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { booksOf } from "./get-money-page.server.ts";
import type { HistoryFilter } from "./history-filter.ts";
import { historyRow, historyTitles } from "./history-rows.server.ts";
import { type MoneyAccount, moneyAccount } from "./money-account.server.ts";
import { type HistoryLine, nameLines } from "./name-lines.server.ts";
import { periodIds } from "./period-ids.server.ts";
import { walkHistory } from "./walk-history.server.ts";

/** Lines of one file; whoever needs more narrows the dates. A spreadsheet is made in memory. */
export const EXPORT_MAX_LINES = { csv: 200_000, xlsx: 5_000 };
export type ExportFormat = keyof typeof EXPORT_MAX_LINES;
/** One read transaction each. */
const SLICE_LINES = 500;

/**
 * The history as the filter shows it, as a file: read by key in slices, each in a transaction of its own. That it was taken out is noted.
 *
 * @param accountId undefined: the own.
 * @param t of any namespace, in the reader's language.
 * @throws Response 403; AccountNotFoundError
 */
export async function exportHistory(
	actor: Actor,
	accountId: number | undefined,
	filter: HistoryFilter,
	format: ExportFormat,
	t: TFunction,
	maxLines = EXPORT_MAX_LINES[format],
): Promise<ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>> {
	const { account, titles } = await beginExport(actor, accountId, filter, t);
	const slices = historySlices(actor, account, filter, maxLines);
	const row = (line: HistoryLine) => historyRow(t, actor.account.timeZone, line);
	const cut = [t("money:export.cut", { max: maxLines }) as string];
	if (format === "xlsx") {
		const rows: ReturnType<typeof row>[] = [titles];
		for await (const slice of slices) rows.push(...(slice === "cut" ? [cut] : slice.map(row)));
		return makeXlsx(t("money:title") as string, rows);
	}
	const encoder = new TextEncoder();
	return new ReadableStream<Uint8Array>(
		{
			start: (controller) => controller.enqueue(encoder.encode(CSV_BOM + csvLine(titles))),
			async pull(controller) {
				const { value, done } = await slices.next();
				if (done) return controller.close();
				const lines = value === "cut" ? [csvLine(cut)] : value.map((line) => csvLine(row(line)));
				// A slice without a fitting line still asks to be called again.
				controller.enqueue(encoder.encode(lines.join("")));
			},
			async cancel() {
				await slices.return(undefined);
			},
		},
		{ highWaterMark: 1 },
	);
}

async function beginExport(actor: Actor, accountId: number | undefined, filter: HistoryFilter, t: TFunction) {
	const begun = readBooks((tx) => ({ account: moneyAccount(tx, actor, accountId), currency: currency(tx) }));
	await inTx((tx) => {
		const { from, to } = filter;
		writeAudit(tx, actor, "money.export", `account:${begun.account.id}`, { since: from, until: to });
	});
	return { account: begun.account, titles: historyTitles(t, begun.currency) };
}

async function* historySlices(
	actor: Actor,
	account: MoneyAccount,
	filter: HistoryFilter,
	maxLines: number,
): AsyncGenerator<HistoryLine[] | "cut", void, undefined> {
	let before: number | null | undefined;
	for (let lines = 0; before !== null; ) {
		await otherRequests();
		const slice = readBooks((tx) => {
			const bookId = booksOf(tx, account.id).get(filter.book);
			if (bookId === undefined) return { lines: [], nextBefore: null };
			const walk = { ...filter, ...periodIds(tx, filter, actor.account.timeZone), accountId: account.id, bookId };
			const walked = walkHistory(tx, walk, Math.min(SLICE_LINES, maxLines - lines), before ?? undefined);
			return { lines: nameLines(tx, actor, account.id, walked.lines), nextBefore: walked.nextBefore };
		});
		before = slice.nextBefore;
		lines += slice.lines.length;
		yield slice.lines;
		if (lines >= maxLines && before !== null) return yield "cut";
	}
}
