import { wirePool } from "./pool.ts";
import { INTENT_MESSAGES_MAX } from "./record-intent.ts";

/** A batch that the message was in. */
export interface AttemptRow {
	batchId: number;
	attempt: number;
	providerId: number;
	atUtc: number;
	sender: string | null;
	text: string | null;
}

/** What a batch's call, or somebody who asked later, came to for the message. */
export interface AnswerRow {
	batchId: number;
	atUtc: number;
	/** RESULT of app/modules/messages/settle-batch. */
	result: number;
	/** Number of CAUSES; 0: none. */
	cause: number;
	providerMessageId: string | null;
}

/** What a provider said about the message later. */
export interface ProofRow {
	attempt: number;
	providerId: number;
	state: number;
	cause: number | null;
	/** Null: it was asked. */
	receiptId: number | null;
	/** By the provider's clock; null where it gave none. */
	saidAtUtc: number | null;
	receivedAtUtc: number;
	appliedAtUtc: number;
}

/** More than any message that fared as it should ever has; a bound for those that did not. */
const ROWS_MAX = 200;
/** RESULT.none and RESULT.settledBefore: the row says nothing of this message. */
const SAYS_NOTHING = [0, 9];

const ms = (column: string, as: string) => `(extract(epoch FROM ${column}) * 1000)::float8 AS "${as}"`;

/** All that the wire still holds of one message, in the order of time. The caller has checked that the message is the campaign's. */
export async function readEvidence(
	campaignId: number,
	messageId: number,
): Promise<{ attempts: AttemptRow[]; answers: AnswerRow[]; proofs: ProofRow[] }> {
	const pool = wirePool();
	const [{ rows: attempts }, { rows: proofs }] = await Promise.all([
		pool.query<AttemptRow>(
			`SELECT batch_id AS "batchId", attempt, provider_id AS "providerId", ${ms("at", "atUtc")},
			        content ->> 'sender' AS sender, content ->> 'text' AS text
			   FROM wire.intents
			  WHERE campaign_id = $1 AND first_message_id BETWEEN $2::bigint - ${INTENT_MESSAGES_MAX - 1} AND $2
			    AND first_message_id + cardinality(recipients) > $2
			  ORDER BY at LIMIT ${ROWS_MAX}`,
			[campaignId, messageId],
		),
		pool.query<ProofRow>(
			`SELECT attempt, provider_id AS "providerId", state, cause, receipt_id AS "receiptId",
			        ${ms("provider_at", "saidAtUtc")}, ${ms("at", "receivedAtUtc")}, ${ms("applied_at", "appliedAtUtc")}
			   FROM wire.evidence WHERE message_id = $1 ORDER BY applied_at, at LIMIT ${ROWS_MAX}`,
			[messageId],
		),
	]);
	const { rows: answers } = await pool.query<AnswerRow>(
		`SELECT * FROM (
		   SELECT batch_id AS "batchId", ${ms("at", "atUtc")}, results[$2::bigint - first_message_id + 1] AS result,
		          coalesce(causes[$2::bigint - first_message_id + 1], 0) AS cause,
		          nullif(provider_message_ids[$2::bigint - first_message_id + 1], '') AS "providerMessageId"
		     FROM wire.outcomes
		    WHERE batch_id = ANY ($1::bigint[]) AND first_message_id <= $2 AND first_message_id + cardinality(results) > $2
		 ) AS answer WHERE result <> ALL ($3::int[]) ORDER BY "atUtc" LIMIT ${ROWS_MAX}`,
		[attempts.map((one) => one.batchId), messageId, SAYS_NOTHING],
	);
	return { attempts, answers, proofs };
}
