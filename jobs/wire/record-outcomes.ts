import { wirePool } from "./pool.ts";

export interface OutcomeRow {
	batchId: number;
	firstMessageId: number;
	/** RESULT of app/modules/messages/settle-batch, one for each message from firstMessageId on. */
	results: ArrayLike<number>;
	/** Numbers of CAUSES, side by side with the results; 0: none. */
	causes: ArrayLike<number>;
	/** What the provider calls them, side by side with the results; "" where it gave none. */
	providerMessageIds?: string[];
}

/** What the provider makes necessary beside the outcomes themselves; durable together with them or not at all. */
export interface OutcomeExtras {
	/** It names messages only by its own ids: they are to be found by them. */
	ids?: { providerId: number; attempt: number };
	/** It does not call back: the batch is to be asked about. Where it is already, it stays as it is. */
	poll?: { providerId: number; campaignId: number; askAtUtc: number };
}

const OUTCOME = `INSERT INTO wire.outcomes (batch_id, first_message_id, results, causes, provider_message_ids)
VALUES ($1, $2, $3::smallint[], $4::smallint[], $5::text[])`;
/** @param from the number of the first of two values: provider, attempt. */
export const RECORD_IDS = (
	from: number,
) => `INSERT INTO wire.message_ids (provider_id, provider_message_id, message_id, attempt)
SELECT $${from}::int, id, $2::bigint + n - 1, $${from + 1}::int FROM unnest($5::text[]) WITH ORDINALITY AS own (id, n) WHERE id <> ''`;
/** @param from the number of the first of three values: provider, campaign, unix ms. */
export const RECORD_POLL = (from: number) => `INSERT INTO wire.polls (batch_id, provider_id, campaign_id, ask_at)
VALUES ($1, $${from}, $${from + 1}, to_timestamp($${from + 2} / 1000.0)) ON CONFLICT DO NOTHING`;

/** Writes what came of (a part of) a batch into the wire; durable when it resolves. Before the books hear of it. */
export async function recordOutcomes(row: OutcomeRow, { ids, poll }: OutcomeExtras = {}): Promise<void> {
	const values = outcomeValues(row);
	const extras: string[] = [];
	// One statement: a crash between an outcome and the provider's id of it would leave a message that no receipt finds.
	if (ids && row.providerMessageIds) {
		extras.push(`ids AS (${RECORD_IDS(6)})`);
		values.push(ids.providerId, ids.attempt);
	}
	if (poll) {
		extras.push(`poll AS (${RECORD_POLL(values.length + 1)})`);
		values.push(poll.providerId, poll.campaignId, poll.askAtUtc);
	}
	const name = ["record-outcomes", ids && row.providerMessageIds && "ids", poll && "poll"].filter(Boolean).join("-");
	const text = extras.length > 0 ? `WITH ${extras.join(", ")} ${OUTCOME}` : OUTCOME;
	await wirePool().query({ name, text, values });
}

/** The five values of an outcome, $1 to $5. */
export function outcomeValues(row: OutcomeRow): unknown[] {
	return [
		row.batchId,
		row.firstMessageId,
		arrayLiteral(row.results),
		arrayLiteral(row.causes),
		row.providerMessageIds ?? null,
	];
}

// Numbers only, so the literal needs no quoting; several times cheaper than the driver's own array conversion.
function arrayLiteral(numbers: ArrayLike<number>): string {
	return `{${Array.prototype.join.call(numbers, ",")}}`;
}
