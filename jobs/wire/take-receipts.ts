import { wirePool } from "./pool.ts";
import type { RawReceipt } from "./store-receipt.ts";

export interface InboxReceipt extends RawReceipt {
	id: number;
	/** A person asked for it again: what it says may be in the evidence already. */
	isReplay: boolean;
	/** Unix ms: when it came. */
	at: number;
	/** When it has its turn: its place in the order, as Postgres spells it. */
	tryAt: string;
}

/** Bodies read at once: a callback may be a megabyte. */
const BYTES_AT_ONCE = 16 * 1024 * 1024;

/**
 * The receipts whose turn it is, the oldest first, from those after `after` on. They stay in the inbox until `closeReceipts`.
 * A receipt may become visible after one that comes behind it: whoever passes `after` begins again without it in the end.
 */
export async function takeReceipts(
	limit: number,
	after: Pick<InboxReceipt, "tryAt" | "id"> = { tryAt: "-infinity", id: 0 },
): Promise<InboxReceipt[]> {
	const { rows } = await wirePool().query<InboxReceipt>({
		name: "take-receipts",
		// The span of times lets Postgres look into the one or two days' partitions that can hold them.
		text: `WITH i AS MATERIALIZED (
		         SELECT receipt_id, at, try_at, is_replay FROM wire.receipt_inbox
		         WHERE try_at <= now() AND (try_at, receipt_id) > ($2::timestamptz, $3::bigint)
		         ORDER BY try_at, receipt_id LIMIT $1)
		       SELECT id, (extract(epoch FROM at) * 1000)::float8 AS at, provider_id AS "providerId", path, body,
		              is_replay AS "isReplay", try_at::text AS "tryAt" FROM (
		         SELECT r.*, i.is_replay, i.try_at,
		                sum(octet_length(r.body)) OVER (ORDER BY i.try_at, r.id) - octet_length(r.body) AS bytes_before
		         FROM wire.receipts r JOIN i ON i.receipt_id = r.id WHERE r.id = ANY (ARRAY(SELECT receipt_id FROM i))
		           AND r.at BETWEEN (SELECT min(at) FROM i) AND (SELECT max(at) FROM i)) AS measured
		       WHERE bytes_before < ${BYTES_AT_ONCE} ORDER BY try_at, id`,
		values: [limit, after.tryAt, after.id],
	});
	return rows;
}

/** Lets receipts wait: none of them has its turn for so many ms, each its own. */
export async function postponeReceipts(waiting: { id: number; ms: number }[]): Promise<void> {
	if (waiting.length === 0) return;
	await wirePool().query({
		name: "postpone-receipts",
		text: `UPDATE wire.receipt_inbox i SET try_at = now() + w.ms * interval '1 ms'
		       FROM unnest($1::bigint[], $2::float8[]) AS w (id, ms) WHERE i.receipt_id = w.id`,
		values: [waiting.map((one) => one.id), waiting.map((one) => one.ms)],
	});
}
