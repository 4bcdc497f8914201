import { wirePool } from "./pool.ts";

/** Whether a provider lets us hear of it. */
export interface Silence {
	/** Something was said of any of its messages within the time. */
	hasReceipts: boolean;
	/** It was given messages so long ago that something should have been said within the time. */
	wasSentTo: boolean;
}

const MINUTE_MS = 60_000;
/** Ids of batches are their milliseconds × 2048 (batch-id.ts). */
const IDS_A_MS = 2_048;

/** @param minutes how long without receipts is silence: messages of the same time before it are looked for. */
export async function readSilence(providerId: number, minutes: number, now: number): Promise<Silence> {
	const since = now - minutes * MINUTE_MS;
	const before = since - minutes * MINUTE_MS;
	const { rows } = await wirePool().query<Silence>({
		name: "read-silence",
		text: `SELECT EXISTS (SELECT 1 FROM wire.evidence WHERE provider_id = $1 AND applied_at >= to_timestamp($2)) AS "hasReceipts",
		       EXISTS (SELECT 1 FROM wire.intents i JOIN wire.outcomes o ON o.batch_id = i.batch_id AND o.at >= to_timestamp($3)
		         WHERE i.provider_id = $1 AND i.batch_id BETWEEN $4 AND $5 AND i.at >= to_timestamp($3) AND i.at < to_timestamp($2)
		           AND o.results && '{1,2}'::smallint[]) AS "wasSentTo"`,
		values: [providerId, since / 1000, before / 1000, before * IDS_A_MS, since * IDS_A_MS],
	});
	return rows[0]!;
}
