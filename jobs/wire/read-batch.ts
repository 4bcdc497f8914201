import { wirePool } from "./pool.ts";
import type { OutcomeRow } from "./record-outcomes.ts";

/** What the wire knows of a batch. Null: no intent, so no call of it was ever made. */
export async function readBatch(batchId: number): Promise<{ attempt: number; outcomes: OutcomeRow[] } | null> {
	const pool = wirePool();
	const intent = await pool.query<{ attempt: number }>("SELECT attempt FROM wire.intents WHERE batch_id = $1", [
		batchId,
	]);
	if (!intent.rows[0]) return null;
	const { rows } = await pool.query<OutcomeRow>(
		`SELECT batch_id AS "batchId", first_message_id AS "firstMessageId", results, causes
		 FROM wire.outcomes WHERE batch_id = $1 ORDER BY at`,
		[batchId],
	);
	return { attempt: intent.rows[0].attempt, outcomes: rows };
}
