import { wirePool } from "./pool.ts";

/** How it stands with a callback: not read yet, could not be read, is (in part) about nothing of ours, or is in the books. */
export type CallbackStanding = "waiting" | "unreadable" | "unmatched" | "applied";

export interface CallbackRow {
	id: number;
	/** When it came; unix ms. */
	atUtc: number;
	providerId: number;
	path: string;
	bytes: number;
	standing: CallbackStanding;
	/** What was noted about one that came to nothing. */
	detail: string | null;
}

export interface CallbackQuery {
	/** Only those of these providers. */
	providerIds: number[];
	/** Unix ms: from … up to, not including. */
	fromUtc: number | null;
	untilUtc: number | null;
	standing: CallbackStanding | null;
	/** Stands in its text or path. */
	text: string | null;
	/** Only these. */
	ids: number[] | null;
	/** The id that the page before ended with. */
	before: number | null;
}

const ROWS = 50;
/** So many are looked at for one page; where each one's text is read through, fewer. */
const SCANNED = 20_000;
const SCANNED_TEXTS = 4_000;

/** What each list is gone through by: none of them reads more than it may look at. */
const SOURCES: Record<CallbackStanding | "all", string> = {
	all: "SELECT r.* FROM wire.receipts r WHERE true",
	applied: "SELECT r.* FROM wire.receipts r WHERE true",
	waiting:
		"SELECT r.* FROM wire.receipt_inbox i JOIN wire.receipts r ON r.id = i.receipt_id AND r.at = i.at WHERE true",
	unreadable:
		"SELECT r.* FROM wire.receipt_notes n JOIN wire.receipts r ON r.id = n.receipt_id AND r.at = n.at WHERE n.kind = 'unreadable'",
	unmatched:
		"SELECT r.* FROM wire.receipt_notes n JOIN wire.receipts r ON r.id = n.receipt_id AND r.at = n.at WHERE n.kind = 'unmatched'",
};

const STANDING = `CASE WHEN i.receipt_id IS NOT NULL THEN 'waiting' ELSE coalesce(n.kind, 'applied') END`;
const COLUMNS = `r.id, (extract(epoch FROM r.at) * 1000)::float8 AS "atUtc", r.provider_id AS "providerId", r.path,
	octet_length(r.body) AS bytes, ${STANDING} AS standing, n.detail`;
const JOINS = `LEFT JOIN wire.receipt_inbox i ON i.receipt_id = r.id LEFT JOIN wire.receipt_notes n ON n.receipt_id = r.id`;

/**
 * Callbacks as they came, newest first, 50 a page. A page may end before it is full, where so many were looked at in vain: then
 * `nextBefore` says where to look on.
 */
export async function listCallbacks(
	query: CallbackQuery,
): Promise<{ callbacks: CallbackRow[]; nextBefore: number | null }> {
	const scanned = query.text === null ? SCANNED : SCANNED_TEXTS;
	const values = [
		query.providerIds,
		query.before ?? Number.MAX_SAFE_INTEGER,
		query.fromUtc === null ? null : new Date(query.fromUtc),
		query.untilUtc === null ? null : new Date(query.untilUtc),
		query.ids,
		query.text,
		query.standing,
	];
	const { rows } = await wirePool().query<CallbackRow & { seen: number; lastSeen: number }>(
		`WITH looked AS MATERIALIZED (
		   SELECT s.* FROM (${SOURCES[query.standing ?? "all"]}
		      AND r.id < $2 AND ($3::timestamptz IS NULL OR r.at >= $3) AND ($4::timestamptz IS NULL OR r.at < $4)
		      AND ($5::bigint[] IS NULL OR r.id = ANY ($5))) AS s
		   ORDER BY s.id DESC LIMIT ${scanned}
		 ), edge AS (SELECT count(*)::int AS seen, min(id) AS "lastSeen" FROM looked)
		 SELECT f.*, edge.* FROM edge LEFT JOIN (
		   SELECT ${COLUMNS} FROM looked r ${JOINS}
		    WHERE r.provider_id = ANY ($1::int[])
		      AND ($6::text IS NULL OR position($6 IN r.body) > 0 OR position($6 IN r.path) > 0)
		      AND ($7::text IS NULL OR ${STANDING} = $7)
		    ORDER BY r.id DESC LIMIT ${ROWS}) AS f ON true ORDER BY f.id DESC`,
		values,
	);
	const { seen, lastSeen } = rows[0]!;
	const callbacks = rows.filter(({ id }) => id !== null).map(({ seen: _, lastSeen: __, ...row }) => row);
	if (callbacks.length === ROWS) return { callbacks, nextBefore: callbacks.at(-1)!.id };
	return { callbacks, nextBefore: seen === scanned ? lastSeen : null };
}

/** One callback with the beginning of its text; undefined where these providers have none of this id, or no more. */
export async function readCallback(
	providerIds: number[],
	id: number,
	maxCharacters: number,
): Promise<(CallbackRow & { body: string }) | undefined> {
	const { rows } = await wirePool().query<CallbackRow & { body: string }>(
		`SELECT ${COLUMNS}, left(r.body, $3) AS body FROM wire.receipts r ${JOINS}
		  WHERE r.id = $1 AND r.provider_id = ANY ($2::int[])`,
		[id, providerIds, maxCharacters],
	);
	return rows[0];
}

/** Ids of the callbacks that said something about a message, newest first; what its evidence names. */
export async function callbacksOf(messageId: number): Promise<number[]> {
	const { rows } = await wirePool().query<{ id: number }>(
		`SELECT DISTINCT receipt_id AS id FROM wire.evidence WHERE message_id = $1 AND receipt_id IS NOT NULL
		  ORDER BY id DESC LIMIT ${ROWS}`,
		[messageId],
	);
	return rows.map((row) => row.id);
}
