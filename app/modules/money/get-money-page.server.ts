import { PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight } from "#app/modules/access/require-right.ts";
import { balanceOf } from "#app/modules/ledger/balance-of.server.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import { standbys } from "#app/modules/standby/standbys.server.ts";
import type { Tx } from "#db/tx.ts";
import type { HistoryFilter, ShownBook } from "./history-filter.ts";
import { moneyAccount } from "./money-account.server.ts";
import { nameLines } from "./name-lines.server.ts";
import { periodIds } from "./period-ids.server.ts";
import { walkHistory } from "./walk-history.server.ts";

export type MoneyPage = ReturnType<typeof getMoneyPage>;

/**
 * All that the page of an account's money shows: what it has, and the history of one of its books, newest first, 50 a page.
 *
 * @param accountId undefined: the own.
 * @param at `after`: the transfer that the page before ended with; `done`: one that was just made, to be told of; `isOnTwo`: where what was done is kept.
 * @throws Response 403; AccountNotFoundError
 */
export function getMoneyPage(
	tx: Tx,
	actor: Actor,
	accountId: number | undefined,
	filter: HistoryFilter,
	at: { after?: number; done?: number; isOnTwo?: boolean } = {},
) {
	const account = moneyAccount(tx, actor, accountId);
	const books = booksOf(tx, account.id);
	const bookId = books.get(filter.book);
	const walk = { ...filter, ...periodIds(tx, filter, actor.account.timeZone), accountId: account.id };
	const { lines, nextBefore } =
		bookId === undefined ? { lines: [], nextBefore: null } : walkHistory(tx, { ...walk, bookId }, PAGE_ROWS, at.after);
	return {
		account,
		currency: currency(tx),
		balance: balanceOf(tx, account.id),
		books: [...new Set<ShownBook>(["available", ...books.keys()])],
		lines: nameLines(tx, actor, account.id, lines),
		nextBefore,
		done: at.done === undefined ? null : doneLine(tx, books, account.id, at.done),
		copies: at.isOnTwo ? "two" : at.done === undefined ? null : standbys().length > 0 ? "one_of_two" : ("one" as const),
		mayMove: hasRight(actor, "money.create"),
	};
}

/** Ids of the account's books by kind, in the order in which they were opened. */
export function booksOf(tx: Tx, accountId: number): Map<ShownBook, number> {
	const rows = tx
		.sql<{ id: number; kind: ShownBook }>("SELECT id, kind FROM ledger_books WHERE account_id = ? ORDER BY id")
		.all(accountId);
	return new Map(rows.map(({ id, kind }) => [kind, id]));
}

function doneLine(tx: Tx, books: Map<ShownBook, number>, accountId: number, transferId: number) {
	const line = tx
		.sql<{ amountMicros: number; balanceMicros: number }>(
			`SELECT amount_micros AS amountMicros, balance_micros AS balanceMicros FROM postings
			  WHERE book_id = ? AND transfer_id = ? AND account_id = ?`,
		)
		.get(books.get("available") ?? 0, transferId, accountId);
	return line ?? null;
}
