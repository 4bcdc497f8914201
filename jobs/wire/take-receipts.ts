import { wirePool } from "./pool.ts";
import type { RawReceipt } from "./store-receipt.ts";

export interface InboxReceipt extends RawReceipt {
	id: number;
}

/** Bodies read at once: a callback may be a megabyte. */
const BYTES_AT_ONCE = 16 * 1024 * 1024;

/** The oldest receipts that the books have not heard of. They stay in the inbox until `dropFromInbox`. */
export async function takeReceipts(limit: number): Promise<InboxReceipt[]> {
	const { rows } = await wirePool().query<InboxReceipt>({
		name: "take-receipts",
		// The span of times lets Postgres look into the one or two days' partitions that can hold them.
		text: `WITH i AS MATERIALIZED (SELECT receipt_id, at FROM wire.receipt_inbox ORDER BY receipt_id LIMIT $1)
		       SELECT id, provider_id AS "providerId", path, body FROM (
		         SELECT r.*, sum(octet_length(r.body)) OVER (ORDER BY r.id) - octet_length(r.body) AS bytes_before
		         FROM wire.receipts r WHERE r.id = ANY (ARRAY(SELECT receipt_id FROM i))
		           AND r.at BETWEEN (SELECT min(at) FROM i) AND (SELECT max(at) FROM i)) AS measured
		       WHERE bytes_before < ${BYTES_AT_ONCE} ORDER BY id`,
		values: [limit],
	});
	return rows;
}

export async function dropFromInbox(ids: number[]): Promise<void> {
	await wirePool().query({
		name: "drop-from-inbox",
		text: "DELETE FROM wire.receipt_inbox WHERE receipt_id = ANY($1::bigint[])",
		values: [`{${ids.join(",")}}`],
	});
}
