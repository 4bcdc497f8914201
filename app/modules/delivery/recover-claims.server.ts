import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import { settleBatch } from "#app/modules/messages/settle-batch.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { readOffers } from "#jobs/wire/offers.ts";
import { readBatch } from "#jobs/wire/read-batch.ts";
import { type OutcomeExtras, recordOutcomes } from "#jobs/wire/record-outcomes.ts";
import { knownResults } from "./known-results.ts";
import { outcomeExtras } from "./outcome-extras.server.ts";
import { providerLine } from "./provider-line.server.ts";
import { goBackTo, liveBatches } from "./send-progress.ts";

export interface ClaimRow {
	batchId: number;
	firstMessageId: number;
	messageCount: number;
	campaignId: number;
	providerId: number;
	claimedAtUtc: number;
	asked: number;
}

export const CLAIM_COLUMNS =
	"batch_id AS batchId, first_message_id AS firstMessageId, message_count AS messageCount, campaign_id AS campaignId, provider_id AS providerId, claimed_at_utc AS claimedAtUtc, asked";

/**
 * Settles what a dead process, or a batch that broke off, left claimed, from the wire: no intent → it was never called, back to
 * the queue; an outcome → applied; an intent without an outcome → unknown, to be asked about. What sending nodes have, or may take, is left alone:
 * `hearOffers` settles it.
 */
export async function recoverClaims(): Promise<number> {
	if (heldClaims().every(({ batchId }) => liveBatches.has(batchId))) return 0;
	// Whatever is not of this process and not offered now, in this order, was given up before.
	const live = new Set(liveBatches);
	const offered = new Set((await readOffers()).map(({ batchId }) => batchId));
	const left = heldClaims().filter(
		({ batchId }) => !live.has(batchId) && !liveBatches.has(batchId) && !offered.has(batchId),
	);
	for (const claim of left) await recoverClaim(claim);
	if (left.length > 0) log.info({ claims: left.length }, "claims of an earlier life are settled");
	return left.length;
}

function heldClaims(): ClaimRow[] {
	return readBooks((tx) =>
		tx.sql<ClaimRow>(`SELECT ${CLAIM_COLUMNS} FROM claims WHERE owner IS NOT NULL ORDER BY batch_id`).all(),
	);
}

/** Settles one claim from the wire, whoever had it. Nobody may be calling for it any more. */
export async function recoverClaim(claim: ClaimRow): Promise<void> {
	const { firstMessageId: first, messageCount: count } = claim;
	const known = await readBatch(claim.batchId);
	const { results, causes } = known
		? knownResults(first, count, known.outcomes)
		: { results: new Uint8Array(count).fill(RESULT.notTaken), causes: new Uint8Array(count) };
	if (known) {
		const extras = extrasOf(claim, known.attempt);
		await recordOutcomes({ batchId: claim.batchId, firstMessageId: first, results, causes }, extras);
	}
	await inTx((tx) =>
		settleBatch(tx, {
			...claim,
			attempt: known?.attempt ?? 0,
			results,
			causes,
			owner: null,
			askAtUtc: Date.now() + env().ASK_AFTER_MS,
			asked: 0,
		}),
	);
	if (results.includes(RESULT.notTaken)) goBackTo(claim.campaignId, claim.firstMessageId);
}

function extrasOf(claim: ClaimRow, attempt: number): OutcomeExtras {
	try {
		return outcomeExtras(providerLine(claim.providerId), { ...claim, attempt });
	} catch (error) {
		// A provider that can no longer be set up cannot be asked; what is known of its messages is settled all the same.
		log.warn({ err: error, providerId: claim.providerId }, "a provider could not be set up");
		return {};
	}
}
