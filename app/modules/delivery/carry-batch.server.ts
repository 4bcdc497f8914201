import type { Content } from "#app/channels/channel.ts";
import { env } from "#app/lib/env.ts";
import type { Batch } from "#app/modules/messages/claim-messages.server.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import { settleBatch } from "#app/modules/messages/settle-batch.server.ts";
import { inTx } from "#db/tx.ts";
import { recordIntent } from "#jobs/wire/record-intent.ts";
import { recordOutcomes } from "#jobs/wire/record-outcomes.ts";
import { type BatchPart, BatchParts } from "./batch-parts.ts";
import { handOverBatch, type RunningBatch } from "./hand-over-batch.server.ts";
import { heedNews } from "./heed-news.server.ts";
import { installationId } from "./installation-id.server.ts";
import type { ProviderLine } from "./line.server.ts";
import { outcomeExtras } from "./outcome-extras.server.ts";
import { goBackTo, liveBatches } from "./send-progress.ts";
import type { SendContext } from "./send-slice.server.ts";
import { stillSending } from "./still-sending.server.ts";

/** A batch that was claimed, and how it is to be handed over. */
export interface ClaimedBatch {
	batch: Batch;
	line: ProviderLine;
	/** Recipients in a call. */
	bulkSize: number;
	isProbe: boolean;
}

/** One batch through all three stages. Whatever it throws, or wherever it dies, the claim is open and recovery settles it. */
export async function carryBatch(
	of: { accountId: number; campaignId: number },
	context: SendContext,
	{ batch, line, bulkSize, isProbe }: ClaimedBatch,
	content: Content,
): Promise<void> {
	const claimedAtUtc = Date.now();
	let isBroken = false;
	let running: RunningBatch | undefined;
	try {
		await recordIntent({ ...batch, content });
		const isSending = stillSending(of);
		const isStopping = () => isBroken || context.isStopping() || !isSending();
		running = handOverBatch(line, installationId(), batch, content, { of, bulkSize, isProbe, isStopping });
		const parts = new BatchParts(running);
		for (let isLast = false; !isLast; ) {
			isLast = await parts.wait();
			const part = parts.next(isLast);
			if (part) {
				await settlePart(line, batch, part, isLast ? null : context.owner, claimedAtUtc);
				parts.told(part);
			}
			// Put back without being called: next in line again, for this provider or another, while the others are still under way.
			if (running.results.includes(RESULT.notTaken)) goBackTo(of.campaignId, batch.firstMessageId);
		}
		await heedNews({ ...of, ...batch }, { ...batch, ...running }, running.news);
	} catch (error) {
		// Recovery takes the claim from here on: no call of it may still be under way or begin behind its back.
		isBroken = true;
		await running?.ended;
		throw error;
	} finally {
		liveBatches.delete(batch.batchId);
	}
}

/**
 * Records and applies what has come in since the last part.
 *
 * @param owner null in the last part.
 */
async function settlePart(
	line: ProviderLine,
	batch: Batch,
	{ first, results, causes, providerMessageIds }: BatchPart,
	owner: string | null,
	claimedAtUtc: number,
): Promise<void> {
	const firstMessageId = batch.firstMessageId + first;
	await recordOutcomes(
		{ batchId: batch.batchId, firstMessageId, results, causes, ...(providerMessageIds && { providerMessageIds }) },
		outcomeExtras(line, batch),
	);
	await inTx((tx) =>
		settleBatch(tx, {
			...batch,
			firstMessageId,
			results,
			causes,
			owner,
			askAtUtc: Date.now() + env().ASK_AFTER_MS,
			asked: 0,
			claimedAtUtc,
		}),
	);
}
