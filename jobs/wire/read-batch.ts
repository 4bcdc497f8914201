import { wirePool } from "./pool.ts";
import type { OutcomeRow } from "./record-outcomes.ts";

/** What the wire knows of a batch. */
export interface KnownBatch {
	attempt: number;
	firstMessageId: number;
	/** Numbers, from firstMessageId on. */
	recipients: string[];
	/** Unix ms: right before the first call. */
	sentAtUtc: number;
	/** In the order they came. */
	outcomes: OutcomeRow[];
}

/** Null: no intent, so no call of it was ever made. */
export async function readBatch(batchId: number): Promise<KnownBatch | null> {
	const pool = wirePool();
	const { rows: intents } = await pool.query<Omit<KnownBatch, "outcomes">>(
		`SELECT attempt, first_message_id AS "firstMessageId", recipients,
		        (extract(epoch FROM at) * 1000)::float8 AS "sentAtUtc"
		 FROM wire.intents WHERE batch_id = $1`,
		[batchId],
	);
	if (!intents[0]) return null;
	const { rows: outcomes } = await pool.query<OutcomeRow>(
		`SELECT batch_id AS "batchId", first_message_id AS "firstMessageId", results, causes,
		        provider_message_ids AS "providerMessageIds"
		 FROM wire.outcomes WHERE batch_id = $1 ORDER BY at`,
		[batchId],
	);
	return { ...intents[0], outcomes };
}
