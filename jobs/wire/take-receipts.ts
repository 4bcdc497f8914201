import { wirePool } from "./pool.ts";
import type { RawReceipt } from "./store-receipt.ts";

export interface InboxReceipt extends RawReceipt {
	id: number;
}

/** The oldest receipts that the books have not heard of. They stay in the inbox until `dropFromInbox`. */
export async function takeReceipts(limit: number): Promise<InboxReceipt[]> {
	const { rows } = await wirePool().query<InboxReceipt>({
		name: "take-receipts",
		text: `SELECT r.id, r.provider_id AS "providerId", r.path, r.body
		       FROM (SELECT receipt_id, at FROM wire.receipt_inbox ORDER BY receipt_id LIMIT $1) i
		       JOIN wire.receipts r ON r.id = i.receipt_id AND r.at = i.at ORDER BY r.id`,
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
