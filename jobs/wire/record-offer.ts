import { clusterState } from "#db/cluster/cluster-state.ts";
import { EpochLostError } from "./epochs/epoch.ts";
import { OFFERS_CHANNEL, type OfferHow } from "./offers.ts";
import { wirePool } from "./pool.ts";
import { type Intent, intentInsert } from "./record-intent.ts";

/**
 * Writes a batch's intent and its offer: durable together or not at all.
 *
 * @throws as recordIntent; it may have been written all the same, see `buryOffer`.
 */
export async function recordOffer(batch: Intent, { accountId, bulkSize }: OfferHow): Promise<void> {
	const { name, text, values } = intentInsert(batch);
	const at = values.length;
	const { rowCount } = await wirePool().query({
		name: `${name}-and-offer`,
		text: `WITH intent AS (${text} RETURNING batch_id),
		       offer AS (
		         INSERT INTO wire.offers (batch_id, provider_id, account_id, campaign_id, attempt, bulk_size)
		         SELECT batch_id, $2::int, $${at + 1}::bigint, $3::bigint, $4::int, $${at + 2}::int FROM intent RETURNING batch_id)
		       SELECT pg_notify('${OFFERS_CHANNEL}', '') FROM offer`,
		values: [...values, accountId, bulkSize],
	});
	if (rowCount === 0) throw new EpochLostError(`epoch ${clusterState().ownEpoch} is over`);
}

/**
 * Makes sure that a batch whose `recordOffer` failed is not offered by it after all: that statement may still be on its way. Where it was
 * carried out already, the offer stands.
 */
export async function buryOffer(batchId: number): Promise<void> {
	await wirePool().query(
		`INSERT INTO wire.offers (batch_id, provider_id, account_id, campaign_id, attempt, bulk_size, closed_at, is_settled)
		 VALUES ($1, 0, 0, 0, 0, 0, now(), true) ON CONFLICT DO NOTHING`,
		[batchId],
	);
}
