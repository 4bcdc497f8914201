import { wirePool } from "./pool.ts";

/** Which callbacks are to be read once more: one, or all of a kind and a span of time that came to nothing. */
export interface Replay {
	receiptId?: number | undefined;
	kind?: "unreadable" | "unmatched" | undefined;
	providerIds: number[];
	/** Unix ms: from … up to, not including. */
	fromUtc?: number | undefined;
	untilUtc?: number | undefined;
}

/**
 * Puts callbacks back into the inbox, oldest first, `limit` at most, from the one after `after` on. Those that wait there already stay as they are.
 *
 * @returns the last id looked at, to go on from; null at the end.
 */
export async function replayReceipts(replay: Replay, after: number, limit: number): Promise<number | null> {
	if (replay.receiptId !== undefined) {
		await wirePool().query(
			`INSERT INTO wire.receipt_inbox (receipt_id, at, is_replay) SELECT id, at, true FROM wire.receipts
			  WHERE id = $1 AND provider_id = ANY ($2::int[]) ON CONFLICT DO NOTHING`,
			[replay.receiptId, replay.providerIds],
		);
		return null;
	}
	const { rows } = await wirePool().query<{ last: number | null; seen: number }>(
		`WITH chosen AS MATERIALIZED (
		   SELECT n.receipt_id, n.at FROM wire.receipt_notes n
		    WHERE n.kind = $1 AND n.receipt_id > $2 AND n.provider_id = ANY ($3::int[])
		      AND ($4::float8 IS NULL OR n.at >= to_timestamp($4 / 1000)) AND ($5::float8 IS NULL OR n.at < to_timestamp($5 / 1000))
		    ORDER BY n.receipt_id LIMIT $6
		 ), put AS (
		   -- What the wire no longer holds could never leave the inbox.
		   INSERT INTO wire.receipt_inbox (receipt_id, at, is_replay)
		   SELECT r.id, r.at, true FROM chosen c JOIN wire.receipts r ON r.id = c.receipt_id AND r.at = c.at ON CONFLICT DO NOTHING
		 )
		 SELECT max(receipt_id) AS last, count(*)::int AS seen FROM chosen`,
		[replay.kind, after, replay.providerIds, replay.fromUtc ?? null, replay.untilUtc ?? null, limit],
	);
	const { last, seen } = rows[0]!;
	return seen === limit ? last : null;
}
