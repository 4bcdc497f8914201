import type { BatchNews } from "#app/modules/delivery/hand-over-batch.server.ts";
import { SAID_CHANNEL } from "./offers.ts";
import { wirePool } from "./pool.ts";
import { type OutcomeExtras, type OutcomeRow, outcomeValues, RECORD_IDS, RECORD_POLL } from "./record-outcomes.ts";

/**
 * Writes what came of (a part of) a batch that a sender holds, and tells who has the books. Provider's ids are kept in any case: receipts are
 * found by them.
 *
 * @param news with the last part; null before.
 * @returns false: the batch is no longer this sender's, and nothing was taken from it but the ids.
 */
export async function recordOffered(
	senderId: number,
	row: OutcomeRow,
	{ ids, poll }: OutcomeExtras,
	news: BatchNews | null,
): Promise<boolean> {
	const values = [...outcomeValues(row), senderId, news && JSON.stringify(news)];
	const parts = [
		`mine AS (UPDATE wire.offers SET parts = parts + 1, news = $7::jsonb
		           WHERE batch_id = $1 AND holder = $6 AND closed_at IS NULL RETURNING batch_id)`,
		`outcome AS (INSERT INTO wire.outcomes (batch_id, first_message_id, results, causes, provider_message_ids)
		             SELECT batch_id, $2::bigint, $3::smallint[], $4::smallint[], $5::text[] FROM mine RETURNING 1)`,
	];
	const kinds = ["record-offered"];
	if (ids && row.providerMessageIds) {
		parts.push(`ids AS (${RECORD_IDS(values.length + 1)})`);
		values.push(ids.providerId, ids.attempt);
		kinds.push("ids");
	}
	if (poll) {
		parts.push(`poll AS (${RECORD_POLL(values.length + 1)})`);
		values.push(poll.providerId, poll.campaignId, poll.askAtUtc);
		kinds.push("poll");
	}
	const { rowCount } = await wirePool().query({
		name: kinds.join("-"),
		text: `WITH ${parts.join(", ")} SELECT pg_notify('${SAID_CHANNEL}', '') FROM outcome`,
		values,
	});
	return rowCount === 1;
}
