import { wirePool } from "./pool.ts";
import type { Fact } from "./provider-hours.ts";
import { WAIT_BUCKET_SQL } from "./wait-bucket.ts";

/** Messages of one batch whose receipts are to be counted. */
export interface CountedBatch {
	firstMessageId: number;
	attempt: number;
	providerId: number;
	/** Unix ms. */
	atUtc: number;
	/** For each message: a number that stands for its country, and ms from the batch's time to its outcome. */
	countries: ArrayLike<number>;
	outcomeMs: ArrayLike<number>;
}

export interface EvidenceCount {
	providerId: number;
	country: number;
	fact: Fact;
	key: number;
	count: number;
}

// By message first: of all that was said about it the furthest counts, and the first word that it had arrived. Each batch takes its evidence
// by its range of ids: joined to the messages one by one, evidence that nobody has analysed yet is gone through once for each of them.
const COUNT = `
WITH batch AS MATERIALIZED (
	SELECT first, first + cardinality(countries::smallint[]) AS beyond, attempt, provider_id, at,
		countries::smallint[] AS countries, waits::int[] AS waits
	FROM unnest($1::bigint[], $2::int[], $3::int[], $4::float8[], $5::text[], $6::text[])
		AS b (first, attempt, provider_id, at, countries, waits)
), word AS MATERIALIZED (
	SELECT b.provider_id, b.countries[e.message_id - b.first + 1] AS country, b.at + b.waits[e.message_id - b.first + 1] AS sent,
		b.first, e.message_id, e.state, e.cause, e.at, e.applied_at
	FROM batch b CROSS JOIN LATERAL (
		SELECT * FROM wire.evidence e
		WHERE e.message_id >= b.first AND e.message_id < b.beyond AND e.attempt = b.attempt AND e.provider_id = b.provider_id
			AND e.applied_at >= to_timestamp($7) OFFSET 0
	) e
), said AS (
	SELECT provider_id, country, sent, bool_or(state >= 60) AS is_read, bool_or(state >= 50) AS is_delivered,
		bool_or(state BETWEEN 40 AND 42) AS is_failed,
		min(extract(epoch FROM at)::float8 * 1000) FILTER (WHERE state >= 50) AS delivered,
		(array_agg(cause ORDER BY applied_at) FILTER (WHERE state BETWEEN 40 AND 42))[1] AS cause
	FROM word GROUP BY first, message_id, provider_id, country, sent
)
SELECT provider_id AS "providerId", country, 'receipt' AS fact,
	CASE WHEN is_read THEN 60 WHEN is_delivered THEN 50 WHEN is_failed THEN 41 ELSE 20 END AS key, count(*)::float8 AS count
FROM said GROUP BY 1, 2, 3, 4
UNION ALL
SELECT provider_id, country, 'cause', coalesce(cause, 99), count(*)::float8
FROM said WHERE is_failed AND NOT is_delivered GROUP BY 1, 2, 3, 4
UNION ALL
SELECT provider_id, country, 'wait', ${WAIT_BUCKET_SQL("greatest(0, delivered - sent) / 1000")}, count(*)::float8
FROM said WHERE is_delivered GROUP BY 1, 2, 3, 4`;

/** Counts what was said about messages since a moment (unix ms): states, causes of failures, times until the word of delivery. */
export async function countEvidence(batches: CountedBatch[], since: number): Promise<EvidenceCount[]> {
	const { rows } = await wirePool().query<EvidenceCount>({
		name: "count-evidence",
		text: COUNT,
		values: [
			batches.map((one) => one.firstMessageId),
			batches.map((one) => one.attempt),
			batches.map((one) => one.providerId),
			batches.map((one) => one.atUtc),
			batches.map((one) => `{${Array.prototype.join.call(one.countries, ",")}}`),
			batches.map((one) => `{${Array.prototype.join.call(one.outcomeMs, ",")}}`),
			since / 1000,
		],
	});
	return rows;
}
