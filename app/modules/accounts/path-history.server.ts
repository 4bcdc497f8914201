import type { Tx } from "#db/tx.ts";
import { idsOf } from "./insert-account.server.ts";

/** Where an account stood, and from when on; unix ms. */
export interface PathSpan {
	path: string;
	fromUtc: number;
	/** Null: until today. */
	untilUtc: number | null;
}

/** So many moves are followed back; an account that moved more often has forgotten the first. */
const MOVES_AT_MOST = 200;

/**
 * Every path that an account has had, the newest first, whether it was moved itself or something above it. `path` is its path now;
 * who may know is the caller's to decide.
 */
export function pathHistory(tx: Tx, account: { id: number; path: string }): PathSpan[] {
	const spans: PathSpan[] = [];
	const createdAtUtc = createdAt(tx, account.id);
	let { path } = account;
	let untilUtc: number | null = null;
	let before = Number.MAX_SAFE_INTEGER;
	for (let moves = 0; moves < MOVES_AT_MOST; moves++) {
		const move = lastMove(tx, path, before);
		// What stands above it may have moved before the account was there.
		if (!move || move.untilUtc < createdAtUtc) break;
		before = move.id;
		const older = `${move.path}${path.slice(path.indexOf(`/${move.movedId}/`) + `/${move.movedId}/`.length)}`;
		// One move leaves a stay with each account that was left.
		if (older === path) continue;
		spans.push({ path, fromUtc: move.untilUtc, untilUtc });
		untilUtc = move.untilUtc;
		path = older;
	}
	spans.push({ path, fromUtc: createdAtUtc, untilUtc });
	return spans;
}

/** Since when an account stands below another without a break; unix ms. */
export function stayBegan(tx: Tx, account: { id: number; path: string }, aboveId: number): number {
	const spans = pathHistory(tx, account);
	const broken = spans.findIndex(({ path }) => !path.includes(`/${aboveId}/`));
	return (broken < 0 ? spans.at(-1)! : spans[broken - 1]!).fromUtc;
}

interface Move {
	id: number;
	movedId: number;
	path: string;
	untilUtc: number;
}

/** The last move, older than the stay `before`, of an account of the path. */
function lastMove(tx: Tx, path: string, before: number): Move | undefined {
	return tx
		.sql<Move>(
			`SELECT s.id, s.moved_account_id AS movedId, s.path, s.until_utc AS untilUtc
			FROM json_each(?) i JOIN account_stays s ON s.moved_account_id = i.value
			WHERE s.id < ? ORDER BY s.id DESC LIMIT 1`,
		)
		.get(JSON.stringify(idsOf(path)), before);
}

function createdAt(tx: Tx, accountId: number): number {
	return tx.sql("SELECT created_at_utc FROM accounts WHERE id = ?").pluck().get(accountId) as number;
}
