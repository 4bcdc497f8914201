import { setImmediate as otherRequests } from "node:timers/promises";
import type { Actor } from "#app/modules/access/actor.ts";
import { localOf } from "#app/modules/campaigns/local-time.ts";
import type { TransferKind } from "#app/modules/ledger/transfer.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { readBooks, type Tx } from "#db/tx.ts";
import { booksOf } from "./get-money-page.server.ts";
import type { ShownBook } from "./history-filter.ts";
import { type MoneyAccount, moneyAccount } from "./money-account.server.ts";
import { type PeriodIds, periodIds } from "./period-ids.server.ts";

/** Postings a slice: a few milliseconds. */
const SLICE = 5_000;
/** So many of a period are added up for a page; a period with more has to be narrowed. */
const SUMMED_MAX = 500_000;

export interface BookStatement {
	book: ShownBook;
	openingMicros: number;
	closingMicros: number;
	/** Null: there were too many movements to add them up. */
	sums: { kind: TransferKind; micros: number; count: number }[] | null;
}

export interface Statement {
	account: MoneyAccount;
	currency: string;
	/** Local dates, both included. */
	from: string;
	to: string;
	books: BookStatement[];
}

/**
 * What an account had at the beginning of a period and at its end, and what moved between, by kind. The balances are two look-ups, since
 * each posting has the balance after it; only the period's own movements are read, in slices.
 *
 * @param accountId undefined: the own.
 * @param period local dates, both included; what is missing is made the current month's.
 * @throws Response 403; AccountNotFoundError
 */
export async function getStatement(
	actor: Actor,
	accountId: number | undefined,
	period: { from: string; to: string },
	summedMax = SUMMED_MAX,
): Promise<Statement> {
	const { timeZone } = actor.account;
	const today = localOf(Date.now(), timeZone).date;
	const from = period.from || `${today.slice(0, 7)}-01`;
	const to = period.to || today;
	const begun = readBooks((tx) => {
		const account = moneyAccount(tx, actor, accountId);
		const ids = periodIds(tx, { from, to }, timeZone);
		// The last transfer that there is now: what comes meanwhile is not in the sums, nor in the closing balance.
		const beforeId = Math.min(ids.beforeId, lastTransfer(tx) + 1);
		const within = { fromId: Math.min(ids.fromId, beforeId), beforeId };
		const books = [...booksOf(tx, account.id)].map(([book, bookId]) => ({
			...{ book, bookId },
			openingMicros: balanceBefore(tx, account.id, bookId, within.fromId),
			closingMicros: balanceBefore(tx, account.id, bookId, within.beforeId),
		}));
		return { account, within, books, currency: currency(tx) };
	});
	const books: BookStatement[] = [];
	for (const { bookId, ...book } of begun.books)
		books.push({ ...book, sums: await sumsOf(begun.account.id, bookId, begun.within, summedMax) });
	return { account: begun.account, currency: begun.currency, from, to, books };
}

function lastTransfer(tx: Tx): number {
	return tx.sql<{ id: number }>("SELECT coalesce(max(id), 0) AS id FROM transfers").get()!.id;
}

function balanceBefore(tx: Tx, accountId: number, bookId: number, transferId: number): number {
	const row = tx
		.sql<{ micros: number }>(
			`SELECT balance_micros AS micros FROM postings WHERE book_id = ? AND account_id = ? AND transfer_id < ?
			  ORDER BY transfer_id DESC LIMIT 1`,
		)
		.get(bookId, accountId, transferId);
	return row?.micros ?? 0;
}

async function sumsOf(
	accountId: number,
	bookId: number,
	{ fromId, beforeId }: PeriodIds,
	summedMax: number,
): Promise<BookStatement["sums"]> {
	const sums = new Map<TransferKind, { micros: number; count: number }>();
	let from = fromId;
	for (let read = 0; from < beforeId; read += SLICE) {
		if (read >= summedMax) return null;
		await otherRequests();
		const rows = readBooks((tx) =>
			tx
				.sql<{ id: number; kind: TransferKind; micros: number }>(
					`SELECT p.transfer_id AS id, t.kind, p.amount_micros AS micros FROM postings p CROSS JOIN transfers t ON t.id = p.transfer_id
					  WHERE p.book_id = ? AND p.account_id = ? AND p.transfer_id >= ? AND p.transfer_id < ?
					  ORDER BY p.transfer_id LIMIT ${SLICE}`,
				)
				.all(bookId, accountId, from, beforeId),
		);
		for (const { kind, micros } of rows) {
			const sum = sums.get(kind) ?? { micros: 0, count: 0 };
			sums.set(kind, { micros: sum.micros + micros, count: sum.count + 1 });
		}
		if (rows.length < SLICE) break;
		from = rows.at(-1)!.id + 1;
	}
	return [...sums].map(([kind, sum]) => ({ kind, ...sum }));
}
