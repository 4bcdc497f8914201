import { wirePool } from "./pool.ts";
import type { RawReceipt } from "./store-receipt.ts";

export interface InboxReceipt extends RawReceipt {
	id: number;
}

/** The oldest receipts that the books have not heard of. They stay in the inbox until `dropFromInbox`. */
export async function takeReceipts(limit: number): Promise<InboxReceipt[]> {
	const { rows } = await wirePool().query<InboxReceipt>({
		name: "take-receipts",
		// The span of times lets Postgres look into the one or two days' partitions that can hold them.
		text: `WITH i AS MATERIALIZED (SELECT receipt_id, at FROM wire.receipt_inbox ORDER BY receipt_id LIMIT $1)
		       SELECT r.id, r.provider_id AS "providerId", r.path, r.body FROM wire.receipts r
		       WHERE r.id = ANY (ARRAY(SELECT receipt_id FROM i))
		         AND r.at BETWEEN (SELECT min(at) FROM i) AND (SELECT max(at) FROM i) ORDER BY r.id`,
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
