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

// By message first: of all that was said about it the furthest counts, and the first word that it had arrived.
const COUNT = `
WITH batch AS (
	SELECT * FROM unnest($1::bigint[], $2::int[], $3::int[], $4::float8[], $5::text[], $6::text[])
		AS b (first, attempt, provider_id, at, countries, waits)
), message AS (
	SELECT b.first + m.n - 1 AS id, b.attempt, b.provider_id, b.at + m.wait AS sent, m.country
	FROM batch b, unnest(b.countries::smallint[], b.waits::int[]) WITH ORDINALITY AS m (country, wait, n)
), said AS (
	SELECT m.provider_id, m.country, m.sent, bool_or(e.state >= 60) AS is_read, bool_or(e.state >= 50) AS is_delivered,
		bool_or(e.state BETWEEN 40 AND 42) AS is_failed,
		min(extract(epoch FROM e.at)::float8 * 1000) FILTER (WHERE e.state >= 50) AS delivered,
		(array_agg(e.cause ORDER BY e.applied_at) FILTER (WHERE e.state BETWEEN 40 AND 42))[1] AS cause
	FROM message m JOIN wire.evidence e
		ON e.message_id = m.id AND e.attempt = m.attempt AND e.provider_id = m.provider_id AND e.applied_at >= to_timestamp($7)
	GROUP BY m.id, m.attempt, m.provider_id, m.country, m.sent
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
