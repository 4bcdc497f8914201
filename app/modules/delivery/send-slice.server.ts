import { setTimeout as pause } from "node:timers/promises";
import { CAUSES } from "#app/channels/causes.ts";
import type { Content } from "#app/channels/channel.ts";
import { log } from "#app/lib/log.ts";
import { isAccountActive } from "#app/modules/access/is-account-active.server.ts";
import { closeQueued } from "#app/modules/messages/close-queued.server.ts";
import { findQueued } from "#app/modules/messages/find-queued.server.ts";
import { finishCampaign } from "#app/modules/messages/finish-campaign.server.ts";
import { haltIfBlocked } from "#app/modules/messages/halt-if-blocked.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { VALIDITY_SECONDS } from "#app/modules/messages/validity.ts";
import { untilOnStandbys } from "#app/modules/standby/until-on-standbys.server.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { type ClaimedBatch, carryBatch } from "./carry-batch.server.ts";
import { type Claimed, type ClaimOf, claimNext, type Resting } from "./claim-next.server.ts";
import { claimLargest } from "./claim-shape.ts";
import { haltCampaign } from "./halt-campaign.server.ts";
import { noteWaiting } from "./note-waiting.server.ts";
import { mayOffer, offerBatch } from "./offer-batch.server.ts";
import { liveBatches, type Progress, progressOf, slicesRunning } from "./send-progress.ts";
import { loadHealth } from "./standing.server.ts";

/** How often what was put back is tried again before it is given up. */
const PASSES_MAX = 12;

/** From so many slices at once on, no worker (jobs/sidecar.ts has eight) is kept only to wait. */
const CROWD = 5;
/** A campaign that waits is looked at again between these times: somebody may have connected a provider meanwhile. */
const SHORTEST_REST_MS = 100;
const LOOK_AGAIN_MS = 10_000;
/** Waiting for less is nobody's business. */
const VISIBLE_MS = 2_000;
/** What comes back unsent in parts is looked for this often. */
const PART_MS = 500;
/** Between two transactions that look for people who were stopped meanwhile. */
const PAUSE_MS = 2;

/** What is to happen with the campaign's job next; "after": when what is under way has ended in part. */
export type SliceEnd =
	| { next: "again"; afterMs: number }
	| { next: "after"; ended: Promise<unknown> }
	| { next: "nothing" };

export interface SendContext {
	/** Boot id of this sidecar. */
	owner: string;
	isStopping: () => boolean;
}

interface CampaignRow {
	channel: ClaimOf["channel"];
	sender: string;
	text: string;
	cause: string | null;
	/** Of its account. */
	path: string;
	hasNextLeg: 0 | 1;
	isSecondLeg: 0 | 1;
}

/**
 * Hands a sending campaign's queued messages over until the time is up, none is left, all of its providers are resting, or
 * somebody stops it or blocks its account. What is under way when it returns goes on by itself and is counted as under way by the next slice.
 */
export async function sendSlice(
	of: { accountId: number; campaignId: number },
	context: SendContext,
	untilMs: number,
): Promise<SliceEnd> {
	const campaign = readBooks((tx) =>
		tx
			.sql<CampaignRow>(
				`SELECT c.channel, c.sender, c.text, c.cause, a.path, c.fallback_of IS NOT NULL AS isSecondLeg, EXISTS (
				   SELECT 1 FROM fallbacks f WHERE f.campaign_id = c.id AND f.account_id = c.account_id) AS hasNextLeg
				 FROM campaigns c JOIN accounts a ON a.id = c.account_id
				 WHERE c.id = ? AND c.account_id = ? AND c.state = 'sending'`,
			)
			.get(of.campaignId, of.accountId),
	);
	if (!campaign) return { next: "nothing" };
	// Before anything that may put it off: a provider that asked for a pause does not keep a blocked campaign "sending".
	if (await isHalted(of)) return { next: "nothing" };
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
	progress.waitsFor = campaign.cause;
	progress.isSecondLeg = campaign.isSecondLeg === 1;
	try {
		await loadHealth();
		const claimOf = { ...of, accountPath: campaign.path, channel: campaign.channel, kind: content.kind };
		return await run(claimOf, context, untilMs, content, progress);
	} finally {
		progress.isRunning = false;
	}
}

async function run(
	of: ClaimOf,
	context: SendContext,
	untilMs: number,
	content: Content,
	progress: Progress,
): Promise<SliceEnd> {
	while (!context.isStopping()) {
		const now = Date.now();
		if (now >= untilMs) return { next: "again", afterMs: 0 };
		if (progress.restAtUtc > now) return { next: "again", afterMs: progress.restAtUtc - now };
		const from = await findQueued(of, progress.nextId);
		const claimed: Claimed =
			from === null ? { none: "nothing" } : await claimNext(of, context.owner, from, claimLargest(), progress);
		if ("batch" in claimed) {
			await noteWaiting(of, progress, null);
			carry(of, context, claimed, content, progress);
		} else if (claimed.none === "no_route") {
			await haltCampaign(of, "no_route");
			return { next: "nothing" };
		} else if (claimed.none === "stopping") await pause(PAUSE_MS);
		else if (claimed.none === "resting") return rest(of, claimed, progress);
		else if (progress.underWay.size > 0) {
			// The first batch that ends brings the campaign back.
			if (slicesRunning() > CROWD) return { next: "after", ended: Promise.race(progress.underWay) };
			await Promise.race([...progress.underWay, until(Math.min(untilMs, now + PART_MS))]);
		} else if (claimed.none === "nothing") return nextPass(of, progress);
	}
	return { next: "nothing" };
}

function carry(of: ClaimOf, context: SendContext, claimed: ClaimedBatch, content: Content, progress: Progress): void {
	const { batch, line } = claimed;
	const { underWay, underWayOf } = progress;
	progress.nextId = batch.firstMessageId + batch.recipients.length;
	const since = Date.now();
	const given = underWayOf.get(line.providerId) ?? [];
	underWayOf.set(line.providerId, given);
	given.push(since);
	const work = handOver(of, context, claimed, content, progress)
		.catch((error) => log.error({ err: error, batchId: batch.batchId }, "a batch was left to recovery"))
		.finally(() => {
			underWay.delete(work);
			given.splice(given.indexOf(since), 1);
		});
	underWay.add(work);
}

/** Calls the provider from here, or leaves that to the sending nodes. */
async function handOver(
	of: ClaimOf,
	context: SendContext,
	claimed: ClaimedBatch,
	content: Content,
	{ offeredOf, isSecondLeg }: Progress,
): Promise<void> {
	const { providerId } = claimed.line;
	if (isSecondLeg) await filledOnStandbys(claimed);
	const before = offeredOf.get(providerId) ?? 0;
	if (context.isStopping() || !mayOffer(claimed, before)) return carryBatch(of, context, claimed, content);
	offeredOf.set(providerId, before + 1);
	try {
		await offerBatch(of, claimed, content);
	} finally {
		offeredOf.set(providerId, offeredOf.get(providerId)! - 1);
	}
}

/**
 * Who has which id of a second leg is decided as people become due, and a failover may forget it: the id would then be another person's, and a
 * late receipt of the first be taken for the second's. So the standbys have it before anybody is written to.
 */
async function filledOnStandbys({ batch }: ClaimedBatch): Promise<void> {
	try {
		await untilOnStandbys();
	} catch (error) {
		liveBatches.delete(batch.batchId);
		throw error;
	}
}

/** All providers that may serve it are resting: it waits, says so, and goes on by itself. */
async function rest(of: ClaimOf, { againAtUtc, isDayFull }: Resting, progress: Progress): Promise<SliceEnd> {
	const afterMs = againAtUtc - Date.now();
	if (afterMs > VISIBLE_MS) await noteWaiting(of, progress, isDayFull ? "day_limit" : "providers_resting");
	return { next: "again", afterMs: Math.min(Math.max(afterMs, SHORTEST_REST_MS), LOOK_AGAIN_MS) };
}

async function isHalted(of: { accountId: number; campaignId: number }): Promise<boolean> {
	if (readBooks((tx) => isAccountActive(tx, of.accountId))) return false;
	return inTx((tx) => haltIfBlocked(tx, of));
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
