import { wirePool } from "./pool.ts";

/** Messages in one intent at most: where a message's intents are looked for, they begin this much before it at most. */
export const INTENT_MESSAGES_MAX = 5_000;

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
 *
 * @throws RangeError for more than INTENT_MESSAGES_MAX recipients: a defect of whoever claims.
 */
export async function recordIntent(batch: Intent): Promise<void> {
	if (batch.recipients.length > INTENT_MESSAGES_MAX) throw new RangeError(`a batch of ${batch.recipients.length}`);
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
