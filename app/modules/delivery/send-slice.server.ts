import { CAUSES } from "#app/channels/causes.ts";
import type { Content } from "#app/channels/channel.ts";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { type Batch, claimMessages } from "#app/modules/messages/claim-messages.server.ts";
import { closeQueued } from "#app/modules/messages/close-queued.server.ts";
import { findQueued } from "#app/modules/messages/find-queued.server.ts";
import { finishCampaign } from "#app/modules/messages/finish-campaign.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { RESULT, settleBatch } from "#app/modules/messages/settle-batch.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { pauseProvider, providerPauseLeft } from "#jobs/wire/provider-pauses.ts";
import { recordIntent } from "#jobs/wire/record-intent.ts";
import { recordOutcomes } from "#jobs/wire/record-outcomes.ts";
import { haltCampaign } from "./halt-campaign.server.ts";
import { handOverBatch, type RunningBatch } from "./hand-over-batch.server.ts";
import { installationId } from "./installation-id.server.ts";
import { activeLine, type ProviderLine } from "./provider-line.server.ts";
import { liveBatches, type Progress, progressOf } from "./send-progress.ts";
import { stillSending } from "./still-sending.server.ts";

/** Seconds that a provider may try to reach a person for, when the campaign says nothing else. */
export const VALIDITY_SECONDS = 24 * 3600;
/** Messages in one claim: in calls of one, and in calls of many. */
const CLAIM_SINGLE = 1_000;
const CLAIM_BULK = 2_000;
/** Claims of one campaign under way at once. */
const CLAIMS_AT_ONCE = 4;
/** A claim whose calls drag on is settled in parts this often. */
const PART_MS = 500;
/** How often what was put back is tried again before it is given up. */
const PASSES_MAX = 12;

/** What is to happen with the campaign's job next. */
export type SliceEnd = { next: "again"; afterMs: number } | { next: "nothing" };

export interface SendContext {
	/** Boot id of this sidecar. */
	owner: string;
	isStopping: () => boolean;
}

/**
 * Hands a sending campaign's queued messages over until the time is up, none is left, the provider asks for a pause, or
 * somebody stops it. What is under way when it returns goes on by itself and is counted as under way by the next slice.
 */
export async function sendSlice(
	of: { accountId: number; campaignId: number },
	context: SendContext,
	untilMs: number,
): Promise<SliceEnd> {
	const campaign = readBooks((tx) =>
		tx
			.sql<{ channel: string; sender: string; text: string }>(
				"SELECT channel, sender, text FROM campaigns WHERE id = ? AND account_id = ? AND state = 'sending'",
			)
			.get(of.campaignId, of.accountId),
	);
	if (!campaign) return { next: "nothing" };
	const line = activeLine(campaign.channel);
	if (!line) {
		await haltCampaign(of, "no_route");
		return { next: "nothing" };
	}
	const content: Content = {
		kind: "text",
		sender: campaign.sender,
		text: campaign.text,
		validitySeconds: VALIDITY_SECONDS,
	};
	const progress = progressOf(of.campaignId);
	if (progress.isRunning) return { next: "nothing" };
	progress.isRunning = true;
	try {
		return await run(of, context, untilMs, line, content, progress);
	} finally {
		progress.isRunning = false;
	}
}

async function run(
	of: { accountId: number; campaignId: number },
	context: SendContext,
	untilMs: number,
	line: ProviderLine,
	content: Content,
	progress: Progress,
): Promise<SliceEnd> {
	const pauseMs = await providerPauseLeft(line.providerId);
	if (pauseMs > 0) {
		line.pausedUntil = Date.now() + pauseMs;
		return { next: "again", afterMs: pauseMs };
	}
	// Each pass over what was put back goes out in smaller calls, so that one bad number stops nobody but itself in the end.
	const bulkSize = Math.max(1, Math.floor(line.bulkSize / 4 ** progress.pass));
	const size = bulkSize === 1 ? CLAIM_SINGLE : CLAIM_BULK;
	while (!context.isStopping()) {
		if (Date.now() < untilMs && progress.underWay.size >= CLAIMS_AT_ONCE) {
			await Promise.race([...progress.underWay, until(untilMs)]);
			continue;
		}
		if (Date.now() >= untilMs) return { next: "again", afterMs: 0 };
		const leftMs = line.pausedUntil - Date.now();
		if (leftMs > 0) return { next: "again", afterMs: leftMs };
		if (progress.restAtUtc > Date.now()) return { next: "again", afterMs: progress.restAtUtc - Date.now() };
		const from = await findQueued(of, progress.nextId);
		const batch = from === null ? null : await claim(of, context, line, from, size);
		if (!batch && progress.underWay.size > 0) {
			await Promise.race([...progress.underWay, until(untilMs)]);
			continue;
		}
		if (!batch) return nextPass(of, progress);
		progress.nextId = batch.firstMessageId + batch.recipients.length;
		const work = handOver(of, context, line, content, batch, bulkSize, progress)
			.catch((error) => log.error({ err: error, batchId: batch.batchId }, "a batch was left to recovery"))
			.finally(() => progress.underWay.delete(work));
		progress.underWay.add(work);
	}
	return { next: "nothing" };
}

async function claim(
	of: { accountId: number; campaignId: number },
	context: SendContext,
	line: ProviderLine,
	from: number,
	size: number,
): Promise<Batch | null> {
	return inTx((tx) => {
		const batch = claimMessages(tx, { ...of, providerId: line.providerId, owner: context.owner, from, size });
		// Live before anybody can see the claim: recovery must never take it for a dead one's.
		if (batch) liveBatches.add(batch.batchId);
		return batch;
	});
}

/** Nothing queued from nextId on: begin again for what was put back, a while later, or end. */
async function nextPass(of: { accountId: number; campaignId: number }, progress: Progress): Promise<SliceEnd> {
	const queued = await inTx((tx) => {
		finishCampaign(tx, of.campaignId);
		const row = tx
			.sql<{ queued: number }>(
				`SELECT n.queued FROM campaign_counters n JOIN campaigns c ON c.id = n.campaign_id
				 WHERE n.campaign_id = ? AND n.account_id = ? AND c.state = 'sending'`,
			)
			.get(of.campaignId, of.accountId);
		return row?.queued ?? 0;
	});
	if (queued === 0) return { next: "nothing" };
	if (progress.pass >= PASSES_MAX) {
		await closeQueued(of, {
			while: "sending",
			to: MESSAGE_STATE.failed,
			cause: progress.putBackFor || CAUSES.flooding,
		});
		return { next: "nothing" };
	}
	progress.pass++;
	progress.nextId = 0;
	const restMs = Math.max(progress.restMs, Math.min(250 * 2 ** progress.pass, 60_000));
	progress.restMs = 0;
	progress.restAtUtc = Date.now() + restMs;
	return { next: "again", afterMs: restMs };
}

function until(atUtc: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, Math.max(0, atUtc - Date.now())).unref());
}

/** One batch through all three stages. Whatever it throws, or wherever it dies, the claim is open and recovery settles it. */
async function handOver(
	of: { accountId: number; campaignId: number },
	context: SendContext,
	line: ProviderLine,
	content: Content,
	batch: Batch,
	bulkSize: number,
	progress: Progress,
): Promise<void> {
	const claimedAtUtc = Date.now();
	try {
		await recordIntent({ ...batch, content });
		const isSending = stillSending(of);
		const isStopping = () => context.isStopping() || !isSending();
		const running = handOverBatch(line, installationId(), batch, content, bulkSize, isStopping);
		let hasEnded = false;
		const ended = running.ended.then(() => {
			hasEnded = true;
		});
		const settled = new Uint8Array(batch.recipients.length);
		for (let isLast = false; !isLast; ) {
			await Promise.race([ended, afterPart()]);
			isLast = hasEnded;
			await settlePart(batch, running, settled, isLast ? null : context.owner, claimedAtUtc);
		}
		await heed(of, line, batch, running, progress);
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
	const providerMessageIds = running.providerMessageIds?.slice(first, last + 1);
	await recordOutcomes({
		batchId: batch.batchId,
		firstMessageId: batch.firstMessageId + first,
		results,
		causes,
		...(providerMessageIds && { providerMessageIds }),
	});
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
		line.pausedUntil = Math.max(line.pausedUntil, Date.now() + pauseMs);
		await pauseProvider(line.providerId, pauseMs);
		// Everybody was refused alike, so it says nothing about these messages: they are next in line again.
		progress.nextId = Math.min(progress.nextId, batch.firstMessageId);
	}
	// Stopped by a person: when they resume, it goes on here and in calls as large as before.
	if (running.results.includes(RESULT.notTaken)) progress.nextId = Math.min(progress.nextId, batch.firstMessageId);
	for (let i = 0; i < running.results.length; i++) {
		if (running.results[i] === RESULT.again && running.causes[i]) progress.putBackFor = running.causes[i]!;
	}
	if (halt) await haltCampaign(of, halt.cause satisfies keyof typeof CAUSES);
}
