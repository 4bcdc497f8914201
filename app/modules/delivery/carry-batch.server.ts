import type { Content } from "#app/channels/channel.ts";
import { env } from "#app/lib/env.ts";
import type { Batch } from "#app/modules/messages/claim-messages.server.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import { settleBatch } from "#app/modules/messages/settle-batch.server.ts";
import { inTx } from "#db/tx.ts";
import { pauseProvider } from "#jobs/wire/provider-pauses.ts";
import { recordIntent } from "#jobs/wire/record-intent.ts";
import { recordOutcomes } from "#jobs/wire/record-outcomes.ts";
import { haltCampaign } from "./halt-campaign.server.ts";
import { handOverBatch, type RunningBatch } from "./hand-over-batch.server.ts";
import { installationId } from "./installation-id.server.ts";
import type { ProviderLine } from "./line.server.ts";
import { outcomeExtras } from "./outcome-extras.server.ts";
import { goBackTo, liveBatches, type Progress } from "./send-progress.ts";
import type { SendContext } from "./send-slice.server.ts";
import { stillSending } from "./still-sending.server.ts";

/** A claim whose calls drag on is settled in parts this often. */
const PART_MS = 500;

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
	progress: Progress,
): Promise<void> {
	const claimedAtUtc = Date.now();
	let isBroken = false;
	let running: RunningBatch | undefined;
	try {
		await recordIntent({ ...batch, content });
		const isSending = stillSending(of);
		const isStopping = () => isBroken || context.isStopping() || !isSending();
		running = handOverBatch(line, installationId(), batch, content, { of, bulkSize, isProbe, isStopping });
		let hasEnded = false;
		const ended = running.ended.then(() => {
			hasEnded = true;
		});
		const settled = new Uint8Array(batch.recipients.length);
		for (let isLast = false; !isLast; ) {
			await Promise.race([ended, afterPart()]);
			isLast = hasEnded;
			await settlePart(line, batch, running, settled, isLast ? null : context.owner, claimedAtUtc);
			// Put back without being called: next in line again, for this provider or another, while the others are still under way.
			if (running.results.includes(RESULT.notTaken)) goBackTo(of.campaignId, batch.firstMessageId);
		}
		await heed(of, line, batch, running, progress);
	} catch (error) {
		// Recovery takes the claim from here on: no call of it may still be under way or begin behind its back.
		isBroken = true;
		await running?.ended;
		throw error;
	} finally {
		liveBatches.delete(batch.batchId);
	}
}

function afterPart(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, PART_MS).unref());
}

/**
 * Records and applies what has come in since the last part. What is unknown stays open till the last part, so that its claim
 * is handed to those who ask.
 *
 * @param owner null in the last part.
 */
async function settlePart(
	line: ProviderLine,
	batch: Batch,
	running: RunningBatch,
	settled: Uint8Array,
	owner: string | null,
	claimedAtUtc: number,
): Promise<void> {
	const first = settled.indexOf(0);
	if (first < 0) return;
	const last = settled.lastIndexOf(0);
	const results = running.results.slice(first, last + 1);
	const causes = running.causes.slice(first, last + 1);
	let isNew = owner === null;
	for (let i = 0; i < results.length; i++) {
		if (settled[first + i] === 1) results[i] = RESULT.settledBefore;
		else if (results[i] !== RESULT.none && results[i] !== RESULT.unknown) isNew = true;
	}
	if (!isNew) return;
	// Those of an earlier part are in the wire already.
	const providerMessageIds = running.providerMessageIds
		?.slice(first, last + 1)
		.map((id, i) => (results[i] === RESULT.settledBefore ? "" : id));
	await recordOutcomes(
		{
			batchId: batch.batchId,
			firstMessageId: batch.firstMessageId + first,
			results,
			causes,
			...(providerMessageIds && { providerMessageIds }),
		},
		outcomeExtras(line, batch),
	);
	await inTx((tx) =>
		settleBatch(tx, {
			...batch,
			firstMessageId: batch.firstMessageId + first,
			results,
			causes,
			owner,
			askAtUtc: Date.now() + env().ASK_AFTER_MS,
			asked: 0,
			claimedAtUtc,
		}),
	);
	for (let i = 0; i < results.length; i++) {
		if (results[i] !== RESULT.none && results[i] !== RESULT.unknown) settled[first + i] = 1;
	}
}

/** Does what the batch's calls asked for: pause the provider, halt the campaign, come back to what was put back. */
async function heed(
	of: { accountId: number; campaignId: number },
	line: ProviderLine,
	batch: Batch,
	running: RunningBatch,
	progress: Progress,
): Promise<void> {
	const { pauseMs, restMs, halt } = running.news;
	progress.restMs = Math.max(progress.restMs, restMs);
	if (pauseMs > 0) {
		await pauseProvider(line.providerId, pauseMs);
		// Everybody was refused alike, so it says nothing about these messages: they are next in line again.
		goBackTo(of.campaignId, batch.firstMessageId);
	}
	for (let i = 0; i < running.results.length; i++) {
		if (running.results[i] === RESULT.again && running.causes[i]) progress.putBackFor = running.causes[i]!;
	}
	if (halt) await haltCampaign(of, halt.cause);
}
