import { CAUSES } from "#app/channels/causes.ts";
import type { Content } from "#app/channels/channel.ts";
import { log } from "#app/lib/log.ts";
import { isAccountActive } from "#app/modules/access/is-account-active.server.ts";
import { type Batch, claimMessages } from "#app/modules/messages/claim-messages.server.ts";
import { closeQueued } from "#app/modules/messages/close-queued.server.ts";
import { findQueued } from "#app/modules/messages/find-queued.server.ts";
import { finishCampaign } from "#app/modules/messages/finish-campaign.server.ts";
import { haltIfBlocked } from "#app/modules/messages/halt-if-blocked.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { VALIDITY_SECONDS } from "#app/modules/messages/validity.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { providerPauseLeft } from "#jobs/wire/provider-pauses.ts";
import { carryBatch } from "./carry-batch.server.ts";
import { haltCampaign } from "./halt-campaign.server.ts";
import { activeLine, type ProviderLine } from "./provider-line.server.ts";
import { liveBatches, type Progress, progressOf } from "./send-progress.ts";

/** Messages in one claim: in calls of one, and in calls of many. */
const CLAIM_SINGLE = 1_000;
const CLAIM_BULK = 2_000;
/** Claims of one campaign under way at once. */
const CLAIMS_AT_ONCE = 4;
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
 * somebody stops it or blocks its account. What is under way when it returns goes on by itself and is counted as under way by the next slice.
 */
export async function sendSlice(
	of: { accountId: number; campaignId: number },
	context: SendContext,
	untilMs: number,
): Promise<SliceEnd> {
	const campaign = readBooks((tx) =>
		tx
			.sql<{ channel: string; sender: string; text: string; hasNextLeg: 0 | 1 }>(
				`SELECT channel, sender, text, EXISTS (
				   SELECT 1 FROM fallbacks f WHERE f.campaign_id = campaigns.id AND f.account_id = campaigns.account_id) AS hasNextLeg
				 FROM campaigns WHERE id = ? AND account_id = ? AND state = 'sending'`,
			)
			.get(of.campaignId, of.accountId),
	);
	if (!campaign) return { next: "nothing" };
	// Before anything that may put it off: a provider that asked for a pause does not keep a blocked campaign "sending".
	if (await isHalted(of)) return { next: "nothing" };
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
		hasNextLeg: campaign.hasNextLeg === 1,
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
		const work = carryBatch(of, context, line, content, batch, bulkSize, progress)
			.catch((error) => log.error({ err: error, batchId: batch.batchId }, "a batch was left to recovery"))
			.finally(() => progress.underWay.delete(work));
		progress.underWay.add(work);
	}
	return { next: "nothing" };
}

async function isHalted(of: { accountId: number; campaignId: number }): Promise<boolean> {
	if (readBooks((tx) => isAccountActive(tx, of.accountId))) return false;
	return inTx((tx) => haltIfBlocked(tx, of));
}

async function claim(
	of: { accountId: number; campaignId: number },
	context: SendContext,
	line: ProviderLine,
	from: number,
	size: number,
): Promise<Batch | null> {
	return inTx((tx) => {
		if (haltIfBlocked(tx, of)) return null;
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
