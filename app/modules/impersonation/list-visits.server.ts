import { cutPage, PAGE_ROWS } from "#app/lib/page-by-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import { peopleById, type Who, whoFor } from "#app/modules/audit/name-entries.server.ts";
import type { Tx } from "#db/tx.ts";

export interface Visit {
	id: number;
	/** As far as the account's people may know it. */
	who: Who;
	reason: string;
	isReadOnly: boolean;
	startedAtUtc: number;
	/** When it was left; until when it may last, while it does. */
	untilUtc: number;
	isGoingOn: boolean;
}

interface Row {
	id: number;
	behindUserId: number;
	reason: string;
	isReadOnly: number;
	startedAtUtc: number;
	endsAtUtc: number;
	endedAtUtc: number | null;
}

/** Who of the accounts above came into the actor's own cabinet, newest first, 50 a page. */
export function listVisits(tx: Tx, actor: Actor, after?: number): { rows: Visit[]; nextAfter: number | null } {
	const stored = tx
		.sql<Row>(
			`SELECT id, behind_user_id AS behindUserId, reason, is_read_only AS isReadOnly, started_at_utc AS startedAtUtc,
				ends_at_utc AS endsAtUtc, ended_at_utc AS endedAtUtc
			FROM impersonations WHERE account_id = ? AND id < ? ORDER BY id DESC LIMIT ?`,
		)
		.all(actor.account.id, after ?? Number.MAX_SAFE_INTEGER, PAGE_ROWS + 1);
	const { rows, nextAfter } = cutPage(stored);
	const people = peopleById(
		tx,
		rows.map((row) => row.behindUserId),
	);
	const now = Date.now();
	return {
		rows: rows.map((row) => ({
			id: row.id,
			who: whoFor(actor, people.get(row.behindUserId)),
			reason: row.reason,
			isReadOnly: row.isReadOnly === 1,
			startedAtUtc: row.startedAtUtc,
			untilUtc: row.endedAtUtc ?? row.endsAtUtc,
			isGoingOn: row.endedAtUtc === null && row.endsAtUtc > now,
		})),
		nextAfter,
	};
}
