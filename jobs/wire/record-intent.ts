import { env } from "#app/lib/env.ts";
import { clusterState } from "#db/cluster/cluster-state.ts";
import { EpochLostError } from "./epochs/epoch.ts";
import { wirePool } from "./pool.ts";

const INTO =
	"INSERT INTO wire.intents (batch_id, provider_id, campaign_id, attempt, first_message_id, recipients, content";
const VALUES = "$1::bigint, $2::int, $3::bigint, $4::int, $5::bigint, $6::text[], $7::jsonb";

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

/** A statement that writes an intent, to stand alone or in a larger one. */
export interface IntentInsert {
	/** Differs with the text. */
	name: string;
	text: string;
	values: unknown[];
}

/** @throws RangeError for more than INTENT_MESSAGES_MAX recipients: a defect of whoever claims. */
export function intentInsert(batch: Intent): IntentInsert {
	if (batch.recipients.length > INTENT_MESSAGES_MAX) throw new RangeError(`a batch of ${batch.recipients.length}`);
	const values: unknown[] = [
		batch.batchId,
		batch.providerId,
		batch.campaignId,
		batch.attempt,
		batch.firstMessageId,
		batch.recipients,
		batch.content,
	];
	if (!env().LITEFS_DIR) return { name: "record-intent", text: `${INTO}) VALUES (${VALUES})`, values };
	const text = `${INTO}, epoch) SELECT ${VALUES}, $8::bigint
		WHERE EXISTS (SELECT 1 FROM wire.epochs WHERE n = $8::bigint AND ended_at IS NULL)`;
	return { name: "record-intent-of-epoch", text, values: [...values, clusterState().ownEpoch] };
}

/**
 * Writes into the wire that a batch is about to be handed over, with all that its calls need. Durable when it resolves; no
 * call of the batch may begin before.
 * Under LiteFS only the newest taking over of the books may write one: whoever took them over after us has read all intents that there were,
 * and one behind their back could write to somebody twice.
 *
 * @throws RangeError for more than INTENT_MESSAGES_MAX recipients: a defect of whoever claims. EpochLostError: no call may be made.
 */
export async function recordIntent(batch: Intent): Promise<void> {
	const { rowCount } = await wirePool().query(intentInsert(batch));
	if (rowCount === 0) throw new EpochLostError(`epoch ${clusterState().ownEpoch} is over`);
}
