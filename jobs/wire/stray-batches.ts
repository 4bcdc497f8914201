import { wirePool } from "./pool.ts";
import { readIntents, type WireBatch } from "./read-intents-since.ts";

/** Notes batches that speak of people whom the books do not know. Noting one again changes nothing. */
export async function noteStrays(batches: Pick<WireBatch, "batchId" | "campaignId">[]): Promise<void> {
	await wirePool().query(
		"INSERT INTO wire.stray_batches (batch_id, campaign_id) SELECT * FROM unnest($1::bigint[], $2::bigint[]) ON CONFLICT DO NOTHING",
		[batches.map((one) => one.batchId), batches.map((one) => one.campaignId)],
	);
}

/** All of them, in the order in which their intents came. What the wire no longer holds is about nothing that could be sent now. */
export async function readStrays(): Promise<WireBatch[]> {
	const { rows } = await wirePool().query<{ batchId: number }>('SELECT batch_id AS "batchId" FROM wire.stray_batches');
	return readIntents(rows.map((row) => row.batchId));
}

/** The books have all of its people. */
export async function forgetStray(batchId: number): Promise<void> {
	await wirePool().query("DELETE FROM wire.stray_batches WHERE batch_id = $1", [batchId]);
}
