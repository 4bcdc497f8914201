import { PAGE_ROWS } from "#app/lib/page-by-key.ts";
import { sortKey } from "#app/lib/sort-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight, requireRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, SCOPE_RANGES, scopeOf } from "#app/modules/access/scope.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import type { Tx } from "#db/tx.ts";
import {
	accountCandidates,
	type CandidateQuestion,
	newestWithWords,
	SORTED_AT_MOST,
} from "./account-candidates.server.ts";
import { type AccountFilter, type SortPlace, startOfDay, writePlace } from "./account-filter.ts";
import { type FoundAccount, findAccount } from "./find-account.server.ts";
import {
	type Keep,
	LISTED_COLUMNS,
	LISTED_CONDITION,
	type ListedAccount,
	type ReadRow,
	SORT_VALUE,
	type Values,
} from "./listed-account.ts";
import { wordsFinder } from "./search-words.ts";
import { walkAccounts } from "./walk-accounts.server.ts";

export interface AccountList {
	rows: ListedAccount[];
	/** For the address of the next page; null on the last. */
	nextAfter: string | null;
	/** So many accounts were looked through without filling the page; the next one looks on. Null: the page is full, or the list is. */
	lookedThrough: number | null;
	/** More have the words than can be sorted: the newest stand first, whatever was asked for. */
	isNewestFirst: boolean;
	/** The account that the list was limited to; null: none; undefined: there is none of that name in the scope. */
	dealer: FoundAccount | null | undefined;
	/** Of the balances; null: the actor may not see money. */
	currency: string | null;
}

/** CROSS: SQLite would otherwise walk all accounts in the list's order, and ask of each whether it is among these. */
const BY_PATH = `${SCOPE_RANGES} CROSS JOIN accounts a INDEXED BY accounts_path
	ON a.path >= s.value ->> 0 AND a.path < s.value ->> 1`;
const BY_ID = `json_each(@ids) i CROSS JOIN accounts a ON a.id = i.value AND ${IN_SCOPE}`;

interface Reading {
	branches: readonly string[];
	question: CandidateQuestion;
	filter: AccountFilter;
	values: Values;
	keep: Keep;
}

/**
 * Accounts of the actor's scope, the own one left out, 50 a page. However many there are, a page reads some thousands at most: a
 * small scope is read whole; in a large one the most selective index gives the candidates; where none is selective, the list is
 * walked in its own order, and a page that is not full by then says so and leads on. Words that very many have are looked up from the
 * newest account on, since a walk in any other order might pass thousands without them.
 */
export function listAccounts(tx: Tx, actor: Actor, filter: AccountFilter): AccountList {
	requireRight(actor, "accounts.read");
	const dealer = filter.dealer ? findAccount(tx, actor, filter.dealer) : null;
	const maySeeMoney = hasRight(actor, "money.read");
	const ofMoney = maySeeMoney ? currency(tx) : null;
	if (dealer === undefined)
		return { rows: [], nextAfter: null, lookedThrough: null, isNewestFirst: false, dealer, currency: ofMoney };
	const kept: ReadRow[] = [];
	const hasWords = wordsFinder(filter.words);
	const keep: Keep = (row) => {
		if (!filter.words || String(row.id) === filter.words || hasWords(row)) kept.push(row);
		return kept.length <= PAGE_ROWS;
	};
	const branches = dealer ? [dealer.path] : actor.branches;
	const question = questionOf(actor, filter, dealer);
	const values = valuesOf(question, filter, { branches }, dealer?.id ?? actor.account.id);
	if (maySeeMoney) values.balance = filter.balanceMicros ?? null;
	const { stopped, isNewestFirst } = readRows(tx, { branches, question, filter, values, keep });
	const rows = kept.slice(0, PAGE_ROWS);
	const last = rows.at(-1);
	const place = kept.length > PAGE_ROWS ? { value: last!.sortValue, id: last!.id } : stopped?.place;
	return {
		rows: withBalances(tx, withDealers(tx, actor, rows), maySeeMoney),
		nextAfter: place ? writePlace(place) : null,
		lookedThrough: stopped?.lookedThrough ?? null,
		isNewestFirst: isNewestFirst ?? false,
		dealer,
		currency: ofMoney,
	};
}

interface Read {
	/** Where the reading gave up; left out where it has seen everything, or `keep` had enough. */
	stopped?: { place: SortPlace; lookedThrough: number };
	isNewestFirst?: true;
}

function readRows(tx: Tx, reading: Reading): Read {
	const { branches, question, filter, values, keep } = reading;
	if (branchSizes(tx, branches) <= SORTED_AT_MOST) {
		readSorted(tx, BY_PATH, reading);
		return {};
	}
	const candidates = accountCandidates(tx, question);
	if (candidates) {
		values.ids = JSON.stringify(candidates);
		readSorted(tx, BY_ID, reading);
		return {};
	}
	return readNewest(tx, reading) ?? { stopped: walkAccounts(tx, filter, values, keep) };
}

function readNewest(tx: Tx, reading: Reading): Read | undefined {
	const { filter, values } = reading;
	const ids = newestWithWords(tx, filter.words, filter.after?.id ?? Number.MAX_SAFE_INTEGER);
	if (!ids) return undefined;
	values.ids = JSON.stringify(ids);
	const isFilled = !readSorted(tx, BY_ID, { ...reading, filter: { ...filter, sort: "created", isDescending: true } });
	const isAll = isFilled || ids.length < SORTED_AT_MOST;
	const id = ids.at(-1)!;
	return { stopped: isAll ? undefined : { place: { value: id, id }, lookedThrough: ids.length }, isNewestFirst: true };
}

/** @returns whether all was read; false: `keep` had enough. */
function readSorted(tx: Tx, from: string, { filter, values, keep }: Reading): boolean {
	const value = SORT_VALUE[filter.sort];
	const [beyond, order] = filter.isDescending ? ["<", "DESC"] : [">", "ASC"];
	const place = filter.after ? `AND (${value}, a.id) ${beyond} (@value, @id)` : "";
	const rows = tx
		.sql<ReadRow>(
			`SELECT ${LISTED_COLUMNS}, ${value} AS sortValue FROM ${from} WHERE ${LISTED_CONDITION} ${place}
			ORDER BY sortValue ${order}, a.id ${order}`,
		)
		.iterate({ ...values, ...filter.after });
	for (const row of rows) if (!keep(row)) return false;
	return true;
}

function branchSizes(tx: Tx, branches: readonly string[]): number {
	return tx
		.sql("SELECT coalesce(sum(a.branch_size), 0) FROM json_each(?) i JOIN accounts a ON a.path = i.value")
		.pluck()
		.get(JSON.stringify(branches)) as number;
}

function questionOf(actor: Actor, filter: AccountFilter, dealer: FoundAccount | null): CandidateQuestion {
	const { timeZone, id } = actor.account;
	return {
		...filter,
		parentId: filter.isDirect ? (dealer?.id ?? id) : null,
		activeFromUtc: startOfDay(filter.activeFrom, timeZone),
		activeBeforeUtc: startOfDay(filter.activeBefore, timeZone),
	};
}

function valuesOf(question: CandidateQuestion, filter: AccountFilter, scope: Pick<Actor, "branches">, except: number) {
	const values: Values = {
		scope: scopeOf(scope),
		except,
		parent: question.parentId,
		kind: filter.kind ?? null,
		states: JSON.stringify(filter.state ? [filter.state] : ["active", "blocked"]),
		city: sortKey(filter.city),
		activeFrom: question.activeFromUtc,
		activeBefore: question.activeBeforeUtc,
		balance: null,
		now: Date.now(),
	};
	return values;
}

/** Each with the account above it, where the actor reaches that or is it. */
function withDealers(tx: Tx, actor: Actor, rows: ReadRow[]): Omit<ListedAccount, "balanceMicros">[] {
	const names = new Map(
		tx
			.sql<{ id: number; name: string }>(
				`SELECT a.id, a.name FROM accounts a
				WHERE a.id IN (SELECT value FROM json_each(@ids)) AND (a.id = @own OR ${IN_SCOPE})`,
			)
			.all({ ids: JSON.stringify(rows.map((row) => row.parentId)), own: actor.account.id, scope: scopeOf(actor) })
			.map(({ id, name }) => [id, name]),
	);
	return rows.map(({ sortValue: _, ...row }) => {
		const name = row.parentId === null ? undefined : names.get(row.parentId);
		return { ...row, dealer: name === undefined ? null : { id: row.parentId!, name } };
	});
}

/** Each with what it has; nothing has ever been booked for most. */
function withBalances(tx: Tx, rows: Omit<ListedAccount, "balanceMicros">[], maySee: boolean): ListedAccount[] {
	if (!maySee) return rows.map((row) => ({ ...row, balanceMicros: null }));
	const balances = new Map(
		tx
			.sql<[number, number]>(
				`SELECT account_id, balance_micros FROM ledger_books
				  WHERE account_id IN (SELECT value FROM json_each(?)) AND kind = 'available'`,
			)
			.raw()
			.all(JSON.stringify(rows.map(({ id }) => id))) as [number, number][],
	);
	return rows.map((row) => ({ ...row, balanceMicros: balances.get(row.id) ?? 0 }));
}
