import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { isInScope } from "#app/modules/access/scope.ts";
import { normaliseLogin } from "#app/modules/access/sign-in.schema.ts";
import { startOfDay } from "#app/modules/accounts/account-filter.ts";
import { findAccount } from "#app/modules/accounts/find-account.server.ts";
import { idsOf } from "#app/modules/accounts/insert-account.server.ts";
import type { Tx } from "#db/tx.ts";
import { type TrailFilter, VERB_GROUPS } from "./trail-filter.ts";

/** What a filter means for this actor: which entries are looked at, and what is asked of each. */
export interface TrailRange {
	/** In whose scopes (audit_scopes.account_id) is looked. */
	rootIds: number[];
	/** Of the actor: an entry must have happened in its scope, also where an account of today had another place then. */
	ownId: number;
	userId: number | null;
	/** First words of verbs, JSON; null: all. */
	words: string | null;
	/** Ids of entries from the one up to, not including, the other. */
	fromId: number;
	beforeId: number;
}

export type UnknownField = "who" | "account";

/**
 * Reads a filter with the eyes of the actor: a person or an account outside of its scope is unknown, exactly as one that is not there.
 *
 * @throws Response 403
 */
export function trailRange(tx: Tx, actor: Actor, filter: TrailFilter): TrailRange | { unknown: UnknownField } {
	requireRight(actor, "audit.read");
	let rootIds = actor.branches.map((path) => idsOf(path).at(-1)!);
	if (filter.account && actor.account.kind !== "client") {
		const account = findAccount(tx, actor, filter.account);
		if (!account) return { unknown: "account" };
		rootIds = [account.id];
	}
	const userId = filter.who ? personInScope(tx, actor, filter.who) : null;
	if (userId === undefined) return { unknown: "who" };
	const { timeZone } = actor.account;
	const fromUtc = startOfDay(filter.from, timeZone);
	const untilUtc = filter.to ? startOfDay(dayAfter(filter.to), timeZone) : null;
	return {
		rootIds,
		ownId: actor.account.id,
		userId,
		words: filter.group ? JSON.stringify(VERB_GROUPS[filter.group]) : null,
		fromId: fromUtc === null ? 0 : firstEntrySince(tx, actor.account.id, fromUtc),
		beforeId: untilUtc === null ? Number.MAX_SAFE_INTEGER : firstEntrySince(tx, actor.account.id, untilUtc),
	};
}

function personInScope(tx: Tx, actor: Actor, typed: string): number | undefined {
	const row = tx
		.sql<{ id: number; path: string }>(
			"SELECT u.id, a.path FROM users u JOIN accounts a ON a.id = u.account_id WHERE u.id = ? OR u.login = ?",
		)
		.all(/^\d{1,15}$/.test(typed) ? Number(typed) : null, normaliseLogin(typed))
		.find(({ path }) => isInScope(actor, path));
	return row?.id;
}

/** "2026-12-31" → "2027-01-01"; "" for a day that no calendar has. */
export function dayAfter(date: string): string {
	const utc = Date.parse(`${date}T00:00:00Z`);
	return Number.isNaN(utc) ? "" : new Date(utc + 86_400_000).toISOString().slice(0, 10);
}

/**
 * Id of the first entry of a scope at or after a moment. Entries are written in the order of time, so that the place is found by
 * halving, by the key alone: no index on the time is kept.
 */
function firstEntrySince(tx: Tx, accountId: number, sinceUtc: number): number {
	const edge = tx
		.sql<{ low: number | null; high: number | null }>(
			"SELECT min(audit_id) AS low, max(audit_id) AS high FROM audit_scopes WHERE account_id = ?",
		)
		.get(accountId);
	let low = edge?.low ?? 1;
	let high = (edge?.high ?? 0) + 1;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		const found = tx
			.sql<{ id: number; atUtc: number }>(
				`SELECT s.audit_id AS id, a.at_utc AS atUtc FROM audit_scopes s JOIN audit a ON a.id = s.audit_id
				WHERE s.account_id = ? AND s.audit_id >= ? ORDER BY s.audit_id LIMIT 1`,
			)
			.get(accountId, middle);
		if (!found || found.id >= high || found.atUtc >= sinceUtc) high = middle;
		else low = found.id + 1;
	}
	return low;
}
