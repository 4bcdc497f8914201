import { wirePool } from "#jobs/wire/pool.ts";

/** A batch of an hour, written as if it had been made then; `batchId` counts within the hour from 1. */
export async function addBatch(of: {
	batchId: number;
	providerId: number;
	/** Unix ms of the hour's beginning. */
	hour: number;
	first: number;
	attempt?: number;
	recipients: string[];
}): Promise<void> {
	await wirePool().query(
		`INSERT INTO wire.intents (batch_id, at, provider_id, campaign_id, attempt, first_message_id, recipients, content)
		 VALUES ($1, to_timestamp($2), $3, 1, $4, $5, $6, '{}')`,
		[wireId(of), of.hour / 1000, of.providerId, of.attempt ?? 0, of.first, of.recipients],
	);
}

/** A row of outcomes, some ms after the batch. */
export async function addOutcome(of: {
	batchId: number;
	hour: number;
	first: number;
	results: number[];
	causes?: number[];
	afterMs?: number;
}): Promise<void> {
	await wirePool().query(
		"INSERT INTO wire.outcomes (batch_id, at, first_message_id, results, causes) VALUES ($1, to_timestamp($2), $3, $4, $5)",
		[wireId(of), (of.hour + (of.afterMs ?? 0)) / 1000, of.first, of.results, of.causes ?? of.results.map(() => 0)],
	);
}

/** What a provider said: message, state, seconds after the hour's beginning, cause. */
export async function addEvidence(
	providerId: number,
	hour: number,
	rows: [messageId: number, state: number, afterSeconds: number, cause?: number][],
	attempt = 0,
): Promise<void> {
	for (const [messageId, state, afterSeconds, cause] of rows) {
		await wirePool().query(
			`INSERT INTO wire.evidence (message_id, attempt, provider_id, state, cause, at, applied_at)
			 VALUES ($1, $2, $3, $4, $5, to_timestamp($6), to_timestamp($6))`,
			[messageId, attempt, providerId, state, cause ?? null, hour / 1000 + afterSeconds],
		);
	}
}

/** As jobs/wire/batch-id.ts makes them. */
function wireId({ hour, batchId }: { hour: number; batchId: number }): number {
	return hour * 2_048 + batchId;
}
