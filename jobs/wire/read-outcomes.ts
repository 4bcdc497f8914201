import { wirePool } from "./pool.ts";
import type { OutcomeRow } from "./record-outcomes.ts";

/** What was written down of these batches, in the order it came. @param sinceAt none of it is older; as Postgres writes it. */
export async function readOutcomes(batchIds: number[], sinceAt: string): Promise<Map<number, OutcomeRow[]>> {
	const { rows } = await wirePool().query<OutcomeRow>({
		name: "read-outcomes",
		text: `SELECT batch_id AS "batchId", first_message_id AS "firstMessageId", results, causes
		         FROM wire.outcomes WHERE batch_id = ANY($1) AND at >= $2::timestamptz ORDER BY at`,
		values: [batchIds, sinceAt],
	});
	return Map.groupBy(rows, ({ batchId }) => batchId);
}
