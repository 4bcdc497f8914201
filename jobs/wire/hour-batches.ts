import { wirePool } from "./pool.ts";

/** A batch as far as figures ask. */
export interface HourBatch {
	batchId: number;
	providerId: number;
	attempt: number;
	firstMessageId: number;
	recipients: string[];
	/** Unix ms. */
	atUtc: number;
	/** In the order of time; a later one that says something of a message is right about it. */
	outcomes: { firstMessageId: number; results: number[]; causes: number[]; atUtc: number }[];
}

const HOUR_MS = 3_600_000;
/** Ids of batches are their milliseconds × 2048 (batch-id.ts). */
const IDS_A_MS = 2_048;

/** The next batches of an hour after one, in the order of their ids; `after`: 0 for the first. */
export async function readHourBatches(hour: number, after: number, limit: number): Promise<HourBatch[]> {
	const pool = wirePool();
	// The time beside the id lets Postgres look into the days' partitions that can hold them.
	const { rows: batches } = await pool.query<Omit<HourBatch, "outcomes">>(
		`SELECT batch_id AS "batchId", provider_id AS "providerId", attempt, first_message_id AS "firstMessageId", recipients,
		        (extract(epoch FROM at) * 1000)::float8 AS "atUtc"
		   FROM wire.intents
		  WHERE batch_id > $1 AND batch_id < $2 AND at >= to_timestamp($3) AND at < to_timestamp($4)
		  ORDER BY batch_id LIMIT $5`,
		[
			Math.max(after, hour * IDS_A_MS - 1),
			(hour + HOUR_MS) * IDS_A_MS,
			(hour - HOUR_MS) / 1000,
			(hour + 2 * HOUR_MS) / 1000,
			limit,
		],
	);
	if (batches.length === 0) return [];
	const { rows } = await pool.query<HourBatch["outcomes"][number] & { batchId: number }>(
		`SELECT batch_id AS "batchId", first_message_id AS "firstMessageId", results, causes,
		        (extract(epoch FROM at) * 1000)::float8 AS "atUtc"
		   FROM wire.outcomes WHERE batch_id = ANY ($1::bigint[]) AND at >= to_timestamp($2) ORDER BY at`,
		[batches.map((one) => one.batchId), (hour - HOUR_MS) / 1000],
	);
	const byBatch = Map.groupBy(rows, (row) => row.batchId);
	return batches.map((batch) => ({ ...batch, outcomes: byBatch.get(batch.batchId) ?? [] }));
}
