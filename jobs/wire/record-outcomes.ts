import { wirePool } from "./pool.ts";

export interface OutcomeRow {
	batchId: number;
	firstMessageId: number;
	/** RESULT of app/modules/messages/settle-batch, one for each message from firstMessageId on. */
	results: ArrayLike<number>;
	/** Numbers of CAUSES, side by side with the results; 0: none. */
	causes: ArrayLike<number>;
	/** What the provider calls them, where it does not know them by our id. */
	providerMessageIds?: string[];
}

/** Writes what came of (a part of) a batch into the wire; durable when it resolves. Before the books hear of it. */
export async function recordOutcomes(row: OutcomeRow): Promise<void> {
	await wirePool().query({
		name: "record-outcomes",
		text: `INSERT INTO wire.outcomes (batch_id, first_message_id, results, causes, provider_message_ids)
		       VALUES ($1, $2, $3::smallint[], $4::smallint[], $5::text[])`,
		values: [
			row.batchId,
			row.firstMessageId,
			arrayLiteral(row.results),
			arrayLiteral(row.causes),
			row.providerMessageIds ?? null,
		],
	});
}

// Numbers only, so the literal needs no quoting; several times cheaper than the driver's own array conversion.
function arrayLiteral(numbers: ArrayLike<number>): string {
	return `{${Array.prototype.join.call(numbers, ",")}}`;
}
