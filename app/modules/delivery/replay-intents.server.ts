import { env } from "#app/lib/env.ts";
import { retakeBatch } from "#app/modules/messages/retake-batch.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { type BatchPlace, readIntentsSince, type WireBatch } from "#jobs/wire/read-intents-since.ts";
import { noteStrays } from "#jobs/wire/stray-batches.ts";
import { knownResults } from "./known-results.ts";
import { CLAIM_COLUMNS, type ClaimRow, recoverClaim } from "./recover-claims.server.ts";

const BATCHES_AT_ONCE = 50;

/** What a replay found. */
export interface ReplayedIntents {
	batches: number;
	/** Messages whose claims the books had lost. */
	retaken: number;
	/** Recipients of batches whom the books do not know (any more). */
	missing: number;
	/** Ids that are used up, whatever the books say; 0: none. */
	lastMessageId: number;
	lastCampaignId: number;
}

/**
 * Brings into the books whatever was handed over, or may have been, since `sinceUtc` (Unix ms, by Postgres): they may have lost it. Only
 * for whoever has taken the books over, and before anything is claimed: a message that is queued in the books can be with its provider already.
 */
export async function replayIntents(sinceUtc: number): Promise<ReplayedIntents> {
	const found: ReplayedIntents = { batches: 0, retaken: 0, missing: 0, lastMessageId: 0, lastCampaignId: 0 };
	for (let after: BatchPlace | null | undefined; after !== null; ) {
		const { batches, next } = await readIntentsSince(sinceUtc, after ?? null, BATCHES_AT_ONCE);
		for (const batch of batches) {
			await replayIntent(batch, found);
			found.batches++;
			found.lastMessageId = Math.max(found.lastMessageId, batch.firstMessageId + batch.recipients.length - 1);
			found.lastCampaignId = Math.max(found.lastCampaignId, batch.campaignId);
		}
		after = next;
	}
	return found;
}

async function replayIntent(batch: WireBatch, found: ReplayedIntents): Promise<void> {
	// Claims that the books still have on its messages are older than it, or its own.
	for (const claim of claimsOn(batch)) await recoverClaim(claim);
	const { retaken, missing } = await inTx((tx) => retakeBatch(tx, asRetaken(batch)));
	found.retaken += retaken;
	found.missing += missing;
	if (missing > 0) await noteStrays([batch]);
}

function claimsOn(batch: WireBatch): ClaimRow[] {
	return readBooks((tx) =>
		tx
			.sql<ClaimRow>(
				`SELECT ${CLAIM_COLUMNS} FROM claims
				  WHERE campaign_id = ? AND first_message_id < ? AND first_message_id + message_count > ? ORDER BY batch_id`,
			)
			.all(batch.campaignId, batch.firstMessageId + batch.recipients.length, batch.firstMessageId),
	).filter((claim) => claim.batchId <= batch.batchId);
}

/** A batch of the wire as the books take it. */
export function asRetaken(batch: WireBatch) {
	return {
		...batch,
		...knownResults(batch.firstMessageId, batch.recipients.length, batch.outcomes),
		askAtUtc: Date.now() + env().ASK_AFTER_MS,
		claimedAtUtc: Math.round(batch.atUtc),
	};
}
