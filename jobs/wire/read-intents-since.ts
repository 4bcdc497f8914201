import { wirePool } from "./pool.ts";
import type { OutcomeRow } from "./record-outcomes.ts";

/** A batch as whoever replays it asks for it. */
export interface WireBatch {
	batchId: number;
	providerId: number;
	campaignId: number;
	attempt: number;
	firstMessageId: number;
	recipients: string[];
	/** Unix ms, by Postgres. */
	atUtc: number;
	/** In the order they came. */
	outcomes: OutcomeRow[];
}

/** Where a page of batches ended. */
export interface BatchPlace {
	/** As Postgres spells it. */
	at: string;
	batchId: number;
}

const COLUMNS = `batch_id AS "batchId", provider_id AS "providerId", campaign_id AS "campaignId", attempt, first_message_id AS "firstMessageId",
	recipients, (extract(epoch FROM at) * 1000)::float8 AS "atUtc", at::text AS "at"`;

/**
 * The next batches whose intents came to the wire at or after `sinceUtc` (Unix ms), in the order in which they came.
 *
 * @param after null for the first page.
 */
export async function readIntentsSince(
	sinceUtc: number,
	after: BatchPlace | null,
	limit: number,
): Promise<{ batches: WireBatch[]; next: BatchPlace | null }> {
	const { rows } = await wirePool().query<Omit<WireBatch, "outcomes"> & { at: string }>(
		`SELECT ${COLUMNS} FROM wire.intents
		  WHERE at >= to_timestamp($1 / 1000.0) AND ($2::timestamptz IS NULL OR (at, batch_id) > ($2, $3))
		  ORDER BY wire.intents.at, batch_id LIMIT $4`,
		[sinceUtc, after?.at ?? null, after?.batchId ?? 0, limit],
	);
	const last = rows.at(-1);
	const next = last && rows.length === limit ? { at: last.at, batchId: last.batchId } : null;
	return { batches: await withOutcomes(rows), next };
}

/** Batches by their ids, in the order in which they came. */
export async function readIntents(batchIds: number[]): Promise<WireBatch[]> {
	if (batchIds.length === 0) return [];
	const { rows } = await wirePool().query<Omit<WireBatch, "outcomes">>(
		`SELECT ${COLUMNS} FROM wire.intents WHERE batch_id = ANY ($1::bigint[]) ORDER BY wire.intents.at, batch_id`,
		[batchIds],
	);
	return withOutcomes(rows);
}

async function withOutcomes(intents: Omit<WireBatch, "outcomes">[]): Promise<WireBatch[]> {
	if (intents.length === 0) return [];
	const { rows } = await wirePool().query<OutcomeRow>(
		`SELECT batch_id AS "batchId", first_message_id AS "firstMessageId", results, causes
		   FROM wire.outcomes WHERE batch_id = ANY ($1::bigint[]) ORDER BY at`,
		[intents.map((one) => one.batchId)],
	);
	const byBatch = Map.groupBy(rows, (row) => row.batchId);
	return intents.map((one) => ({ ...one, outcomes: byBatch.get(one.batchId) ?? [] }));
}
