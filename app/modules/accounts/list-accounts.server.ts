import { PAGE_ROWS } from "#app/lib/page-by-key.ts";
import { sortKey } from "#app/lib/sort-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { IN_SCOPE, SCOPE_RANGES, scopeOf } from "#app/modules/access/scope.ts";
import type { Tx } from "#db/tx.ts";
import { accountCandidates, type CandidateQuestion, SORTED_AT_MOST } from "./account-candidates.server.ts";
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
import { hasWords } from "./search-words.ts";
import { walkAccounts } from "./walk-accounts.server.ts";

export interface AccountList {
	rows: ListedAccount[];
	/** For the address of the next page; null on the last. */
	nextAfter: string | null;
	/** So many accounts were looked through without filling the page; the next one looks on. Null: the page is full, or the list is. */
	lookedThrough: number | null;
	/** The account that the list was limited to; null: none; undefined: there is none of that name in the scope. */
	dealer: FoundAccount | null | undefined;
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
 * walked in its own order, and a page that is not full by then says so and leads on.
 */
export function listAccounts(tx: Tx, actor: Actor, filter: AccountFilter): AccountList {
	requireRight(actor, "accounts.read");
	const dealer = filter.dealer ? findAccount(tx, actor, filter.dealer) : null;
	if (dealer === undefined) return { rows: [], nextAfter: null, lookedThrough: null, dealer };
	const kept: ReadRow[] = [];
	const keep: Keep = (row) => {
		if (!filter.words || String(row.id) === filter.words || hasWords(filter.words, row)) kept.push(row);
		return kept.length <= PAGE_ROWS;
	};
	const branches = dealer ? [dealer.path] : actor.branches;
	const question = questionOf(actor, filter, dealer);
	const values = valuesOf(question, filter, { branches }, dealer?.id ?? actor.account.id);
	const stopped = readRows(tx, { branches, question, filter, values, keep });
	const rows = kept.slice(0, PAGE_ROWS);
	const last = rows.at(-1);
	const place = kept.length > PAGE_ROWS ? { value: last!.sortValue, id: last!.id } : stopped?.place;
	return {
		rows: withDealers(tx, actor, rows),
		nextAfter: place ? writePlace(place) : null,
		lookedThrough: stopped?.lookedThrough ?? null,
		dealer,
	};
}

/** @returns where the reading gave up; undefined where it has seen everything, or `keep` had enough. */
function readRows(tx: Tx, reading: Reading): { place: SortPlace; lookedThrough: number } | undefined {
	const { branches, question, filter, values, keep } = reading;
	if (branchSizes(tx, branches) <= SORTED_AT_MOST) {
		readSorted(tx, BY_PATH, reading);
		return undefined;
	}
	const candidates = accountCandidates(tx, question);
	if (!candidates) return walkAccounts(tx, filter, values, keep);
	values.ids = JSON.stringify(candidates);
	readSorted(tx, BY_ID, reading);
	return undefined;
}

function readSorted(tx: Tx, from: string, { filter, values, keep }: Reading): void {
	const value = SORT_VALUE[filter.sort];
	const [beyond, order] = filter.isDescending ? ["<", "DESC"] : [">", "ASC"];
	const place = filter.after ? `AND (${value}, a.id) ${beyond} (@value, @id)` : "";
	const rows = tx
		.sql<ReadRow>(
			`SELECT ${LISTED_COLUMNS}, ${value} AS sortValue FROM ${from} WHERE ${LISTED_CONDITION} ${place}
			ORDER BY sortValue ${order}, a.id ${order}`,
		)
		.iterate({ ...values, ...filter.after });
	for (const row of rows) if (!keep(row)) break;
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
		now: Date.now(),
	};
	return values;
}

/** Each with the account above it, where the actor reaches that or is it. */
function withDealers(tx: Tx, actor: Actor, rows: ReadRow[]): ListedAccount[] {
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
