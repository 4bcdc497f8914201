import { wirePool } from "./pool.ts";
import type { RawReceipt } from "./store-receipt.ts";

export interface InboxReceipt extends RawReceipt {
	id: number;
	/** A person asked for it again: what it says may be in the evidence already. */
	isReplay: boolean;
}

/** Bodies read at once: a callback may be a megabyte. */
const BYTES_AT_ONCE = 16 * 1024 * 1024;

/**
 * The oldest receipts that the books have not heard of, from the one after `after` on. They stay in the inbox until `closeReceipts`.
 * A receipt may become visible after one with a higher id: whoever passes `after` begins again from 0 in the end.
 */
export async function takeReceipts(limit: number, after = 0): Promise<InboxReceipt[]> {
	const { rows } = await wirePool().query<InboxReceipt>({
		name: "take-receipts",
		// The span of times lets Postgres look into the one or two days' partitions that can hold them.
		text: `WITH i AS MATERIALIZED (
		         SELECT receipt_id, at, is_replay FROM wire.receipt_inbox WHERE receipt_id > $2 ORDER BY receipt_id LIMIT $1)
		       SELECT id, provider_id AS "providerId", path, body, is_replay AS "isReplay" FROM (
		         SELECT r.*, i.is_replay, sum(octet_length(r.body)) OVER (ORDER BY r.id) - octet_length(r.body) AS bytes_before
		         FROM wire.receipts r JOIN i ON i.receipt_id = r.id WHERE r.id = ANY (ARRAY(SELECT receipt_id FROM i))
		           AND r.at BETWEEN (SELECT min(at) FROM i) AND (SELECT max(at) FROM i)) AS measured
		       WHERE bytes_before < ${BYTES_AT_ONCE} ORDER BY id`,
		values: [limit, after],
	});
	return rows;
}
