import { sortKey } from "#app/lib/sort-key.ts";
import type { Tx } from "#db/tx.ts";
import type { AccountFilter } from "./account-filter.ts";
import { matchExpression } from "./search-words.ts";

/** So many accounts are read and sorted for one page of the list; past it the list is walked in its order, a part at a time. */
export const SORTED_AT_MOST = 2_000;

/** What the candidates are chosen by; moments in unix ms. */
export interface CandidateQuestion extends Pick<AccountFilter, "words" | "state" | "kind" | "city"> {
	/** Only directly below this account. */
	parentId: number | null;
	activeFromUtc: number | null;
	activeBeforeUtc: number | null;
}

/**
 * Ids of accounts, in scope or not, among which all that is asked for must be: from whichever index narrows it most. Undefined where
 * each of them leaves more than SORTED_AT_MOST.
 */
export function accountCandidates(tx: Tx, question: CandidateQuestion): number[] | undefined {
	let best: number[] | undefined;
	for (const [sql, values] of sources(question)) {
		const ids = tx
			.sql(`${sql} LIMIT ?`)
			.pluck()
			.all([...values, SORTED_AT_MOST + 1]) as number[];
		if (ids.length > SORTED_AT_MOST) continue;
		if (!best || ids.length < best.length) best = ids;
		// Looking for fewer costs more than reading these.
		if (best.length < 100) break;
	}
	return best;
}

/**
 * Ids of accounts, in scope or not, that have the words, from the newest on: the order in which the index gives them without reading
 * all. Undefined where no word narrows anything.
 */
export function newestWithWords(tx: Tx, words: string, beforeId: number): number[] | undefined {
	const match = indexedWords(words);
	if (!match) return undefined;
	return tx
		.sql("SELECT rowid FROM account_search WHERE account_search MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?")
		.pluck()
		.all(match, beforeId, SORTED_AT_MOST) as number[];
}

/** One letter begins nearly every account's words: to ask the index for it is to read all of it. */
function indexedWords(words: string): string | undefined {
	return matchExpression(words, 2);
}

type Source = [sql: string, values: (string | number)[]];

/** Each reads an index alone, a few thousand entries at most. */
function sources(question: CandidateQuestion): Source[] {
	const found: Source[] = [];
	const match = indexedWords(question.words);
	// The id that was typed is not among the words.
	const id = /^\d{1,15}$/.test(question.words) ? Number(question.words) : 0;
	if (match)
		found.push([
			"SELECT id FROM (SELECT ? AS id UNION SELECT rowid FROM (SELECT rowid FROM account_search WHERE account_search MATCH ? LIMIT ?))",
			[id, match, SORTED_AT_MOST + 1],
		]);
	if (question.parentId !== null)
		found.push(["SELECT a.id FROM accounts a WHERE a.parent_id = ?", [question.parentId]]);
	const city = sortKey(question.city);
	if (city)
		found.push(["SELECT a.id FROM accounts a WHERE a.city_key >= ? AND a.city_key < ?", [city, `${city}\u{10ffff}`]]);
	if (question.state === "blocked" || question.state === "closed")
		found.push(["SELECT a.id FROM accounts a WHERE a.state <> 'active' AND a.state = ?", [question.state]]);
	if (question.kind === "dealer") found.push(["SELECT a.id FROM accounts a WHERE a.kind = 'dealer'", []]);
	if (question.activeFromUtc !== null || question.activeBeforeUtc !== null)
		found.push([
			"SELECT a.id FROM accounts a WHERE a.last_active_at_utc >= ? AND a.last_active_at_utc < ?",
			[question.activeFromUtc ?? 0, question.activeBeforeUtc ?? Number.MAX_SAFE_INTEGER],
		]);
	return found;
}
