import type { Content } from "#app/channels/channel.ts";
import { log } from "#app/lib/log.ts";
import { buryOffer, recordOffer } from "#jobs/wire/record-offer.ts";
import type { ClaimedBatch } from "./carry-batch.server.ts";
import { sendersShare } from "./places.ts";
import { liveBatches } from "./send-progress.ts";

/** Batches that senders have in hand at once, or that wait for them: for each of them, of one campaign and of all. */
const AHEAD_OF_CAMPAIGN = 3;
const AHEAD = 4;
const BURY_AGAIN_MS = 250;

/** Batches of this process that are left to senders → what tells it that the books know all of them. */
const offered = new Map<number, { providerId: number; resolve: () => void }>();

/** How much of a campaign may be left to the senders of a provider at once. @param canClearDoubt whether it can be asked and told twice. */
export function offersAtOnce({ senders }: { senders: number }, canClearDoubt: boolean): number {
	return senders * (canClearDoubt ? AHEAD_OF_CAMPAIGN : 1);
}

/** Whether the next batch is left to the senders. @param offeredOfIt batches of this campaign that this provider's senders have. */
export function mayOffer({ line, isProbe }: ClaimedBatch, offeredOfIt: number): boolean {
	const share = sendersShare(line.providerId);
	// Probes are the word of who judges; he makes them himself.
	if (!share || isProbe) return false;
	const canClearDoubt = line.adapter.ask !== undefined && line.adapter.hasIdempotentIds;
	if (offeredOfIt >= offersAtOnce(share, canClearDoubt)) return false;
	const ofProvider = [...offered.values()].filter(({ providerId }) => providerId === line.providerId).length;
	return ofProvider < share.senders * (canClearDoubt ? AHEAD : 1);
}

/** Leaves the calls of a claimed batch to whichever sender takes it. Resolves when the books know what came of it; `hearOffers` does the rest. */
export async function offerBatch(
	of: { accountId: number },
	{ batch, bulkSize }: ClaimedBatch,
	content: Content,
): Promise<void> {
	const { batchId, providerId } = batch;
	const settled = new Promise<void>((resolve) => offered.set(batchId, { providerId, resolve }));
	try {
		try {
			await recordOffer({ ...batch, content }, { accountId: of.accountId, bulkSize });
		} catch (error) {
			await bury(batchId);
			throw error;
		}
		await settled;
	} finally {
		offered.delete(batchId);
		liveBatches.delete(batchId);
	}
}

/** The statement that offered it failed, and may yet be carried out: before recovery takes the claim, nobody can take the offer any more. */
async function bury(batchId: number): Promise<void> {
	for (;;) {
		try {
			return await buryOffer(batchId);
		} catch (error) {
			log.warn({ error: String(error), batchId }, "an offer could not be called off; tried again");
			await new Promise((resolve) => setTimeout(resolve, BURY_AGAIN_MS));
		}
	}
}

/** The books know all of it, or this process goes and leaves it to the next. */
export function offerSettled(batchId: number): void {
	offered.get(batchId)?.resolve();
}

export function offersOfOurs(): number[] {
	return [...offered.keys()];
}
