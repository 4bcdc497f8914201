import { wirePool } from "./pool.ts";

export interface Intent {
	batchId: number;
	providerId: number;
	campaignId: number;
	attempt: number;
	/** The recipients' messages have the ids from here on. */
	firstMessageId: number;
	recipients: string[];
	/** What is said to all of them; kept as JSON. */
	content: object;
}

/**
 * Writes into the wire that a batch is about to be handed over, with all that its calls need. Durable when it resolves; no
 * call of the batch may begin before.
 */
export async function recordIntent(batch: Intent): Promise<void> {
	await wirePool().query({
		name: "record-intent",
		text: `INSERT INTO wire.intents (batch_id, provider_id, campaign_id, attempt, first_message_id, recipients, content)
		       VALUES ($1, $2, $3, $4, $5, $6::text[], $7)`,
		values: [
			batch.batchId,
			batch.providerId,
			batch.campaignId,
			batch.attempt,
			batch.firstMessageId,
			batch.recipients,
			batch.content,
		],
	});
}
