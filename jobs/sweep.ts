import { CAUSES } from "#app/channels/causes.ts";
import { recoverClaims } from "#app/modules/delivery/recover-claims.server.ts";
import { isBeingSent } from "#app/modules/delivery/send-progress.ts";
import { closeQueued } from "#app/modules/messages/close-queued.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { VALIDITY_SECONDS } from "#app/modules/messages/validity.ts";
import { readBooks } from "#db/tx.ts";
import type { JobName } from "./catalog.ts";
import { enqueue, type JobToAdd } from "./enqueue.ts";
import { wirePool } from "./wire/pool.ts";

const CAMPAIGNS_A_ROUND = 200;
const READING_STUCK_MS = 60_000;
const WIPING_STUCK_MS = 60_000;
/** Messages that come back unsent after a cancellation come within this time. */
const CANCELLED_WATCH_MS = 2 * 86_400_000;

interface CampaignRow {
	accountId: number;
	campaignId: number;
	task: JobName;
}

/** For every state that something can be stuck in: finds it and gives it its job again. Safe to run at any moment. */
export async function sweep(): Promise<void> {
	await recoverClaims();
	await expireOverdue();
	await enqueue([
		...stuckCampaigns(),
		...dueFallbacks(),
		...silentCampaigns(),
		...unreleasedCharges(),
		...brokenRecount(),
		...stuckReadings(),
		...overdueBlocks(),
		...unwipedAccounts(),
		...(await stuckReceipts()),
	]);
}

function stuckCampaigns(): JobToAdd[] {
	const now = Date.now();
	const rows = readBooks((tx) =>
		tx
			.sql<CampaignRow>(
				`SELECT account_id AS accountId, id AS campaignId, 'begin-campaign' AS task FROM campaigns
				   WHERE state = 'scheduled' AND start_at_utc <= @now
				 UNION ALL SELECT account_id, id, 'prepare-campaign' FROM campaigns WHERE state = 'preparing' AND fallback_of IS NULL
				 UNION ALL SELECT c.account_id, c.id, 'send-campaign' FROM campaigns c JOIN campaign_counters n ON n.campaign_id = c.id
				   WHERE c.state = 'sending' AND (n.queued > 0 OR n.claimed > 0
				      OR NOT EXISTS (SELECT 1 FROM fallbacks f WHERE f.campaign_id = coalesce(c.fallback_of, c.id)))
				 UNION ALL SELECT c.account_id, c.id, 'cancel-rest' FROM campaigns c JOIN campaign_counters n ON n.campaign_id = c.id
				   WHERE c.state = 'cancelled' AND c.finished_at_utc > @now - ${CANCELLED_WATCH_MS} AND n.queued > 0
				 LIMIT ${CAMPAIGNS_A_ROUND}`,
			)
			.all({ now }),
	);
	return rows
		.filter((row) => row.task !== "send-campaign" || !isBeingSent(row.campaignId))
		.map(({ task, ...of }) => ({ task, payload: of, key: `${task}:${of.campaignId}`, ifWaiting: "keep" }));
}

/** Campaigns whose people are to be looked through for who needs the second leg; this is what runs that job, and nothing else does. */
function dueFallbacks(): JobToAdd[] {
	const rows = readBooks((tx) =>
		tx
			.sql<{ accountId: number; campaignId: number }>(
				`SELECT c.account_id AS accountId, c.id AS campaignId FROM campaigns c
				   JOIN fallbacks f ON f.campaign_id = c.id JOIN campaign_counters n ON n.campaign_id = c.id
				  WHERE c.state = 'sending' AND (
				        EXISTS (SELECT 1 FROM fallback_looks k WHERE k.campaign_id = c.id AND k.look_at <= @now)
				        OR (f.is_drained = 0 AND n.queued + n.claimed + n.handed_over + n.unknown + n.sent = 0))
				  LIMIT ${CAMPAIGNS_A_ROUND}`,
			)
			.all({ now: Math.floor(Date.now() / 1000) }),
	);
	return rows.map((of) => ({
		task: "fill-fallback",
		payload: of,
		key: `fill-fallback:${of.campaignId}`,
		ifWaiting: "keep",
	}));
}

/** Campaigns to be looked through for messages that nobody has reported on; this is what runs that job, and nothing else does. */
function silentCampaigns(): JobToAdd[] {
	const rows = readBooks((tx) =>
		tx
			.sql<{ accountId: number; campaignId: number }>(
				`SELECT account_id AS accountId, campaign_id AS campaignId FROM receipt_waits
				  WHERE due_at_utc <= ? ORDER BY due_at_utc LIMIT 50`,
			)
			.all(Date.now()),
	);
	return rows.map((of) => ({
		task: "close-silent",
		payload: of,
		key: `close-silent:${of.campaignId}`,
		ifWaiting: "keep",
	}));
}

/** Campaigns that have ended while something was held for them; this is what runs that job, and nothing else does. */
function unreleasedCharges(): JobToAdd[] {
	const rows = readBooks((tx) =>
		tx
			.sql<{ accountId: number; campaignId: number }>(
				"SELECT account_id AS accountId, campaign_id AS campaignId FROM charge_releases ORDER BY campaign_id LIMIT 50",
			)
			.all(),
	);
	return rows.map((of) => ({
		task: "release-charges",
		payload: of,
		key: `release-charges:${of.campaignId}`,
		ifWaiting: "keep",
	}));
}

/** A recount that a dead process has left. One that runs in this process takes no notice. */
function brokenRecount(): JobToAdd[] {
	const open = readBooks((tx) => tx.sql("SELECT 1 FROM recounts WHERE finished_at_utc IS NULL LIMIT 1").get());
	return open ? [{ task: "recount-rest", payload: {}, key: "recount-rest", ifWaiting: "keep" }] : [];
}

/** Blocks whose end has come and was not written down. */
function overdueBlocks(): JobToAdd[] {
	const rows = readBooks((tx) =>
		tx
			.sql<{ accountId: number }>(
				"SELECT id AS accountId FROM accounts WHERE blocked_until_utc <= ? ORDER BY blocked_until_utc LIMIT 200",
			)
			.all(Date.now()),
	);
	return rows.map((of) => ({
		task: "end-block",
		payload: of,
		key: `end-block:${of.accountId}`,
		ifWaiting: "keep",
	}));
}

/** Closed accounts whose data a killed job has left. */
function unwipedAccounts(): JobToAdd[] {
	const rows = readBooks((tx) =>
		tx
			.sql<{ accountId: number }>(
				"SELECT id AS accountId FROM accounts WHERE closed_at_utc < ? AND closed_at_utc IS NOT NULL AND wiped_at_utc IS NULL LIMIT 50",
			)
			.all(Date.now() - WIPING_STUCK_MS),
	);
	return rows.map((of) => ({
		task: "wipe-account",
		payload: of,
		key: `wipe-account:${of.accountId}`,
		ifWaiting: "keep",
	}));
}

function stuckReadings(): JobToAdd[] {
	const rows = readBooks((tx) =>
		tx
			.sql<{ accountId: number; collectionId: number }>(
				`SELECT account_id AS accountId, id AS collectionId FROM collections
				 WHERE state = 'reading' AND upload_id IS NOT NULL AND created_at_utc < ? LIMIT 50`,
			)
			.all(Date.now() - READING_STUCK_MS),
	);
	return rows.map((of) => ({
		task: "read-audience",
		payload: of,
		key: `read-audience:${of.collectionId}`,
		ifWaiting: "keep",
	}));
}

async function stuckReceipts(): Promise<JobToAdd[]> {
	const { rowCount } = await wirePool().query("SELECT 1 FROM wire.receipt_inbox WHERE try_at <= now() LIMIT 1");
	return rowCount ? [{ task: "apply-receipts", payload: {}, key: "apply-receipts", ifWaiting: "keep" }] : [];
}

/**
 * What could not be handed over in the time that a message is good for has expired: nobody wants yesterday's offer. Somebody who
 * resumed the campaign since does want it: the time runs from then.
 */
async function expireOverdue(): Promise<void> {
	const rows = readBooks((tx) =>
		tx
			.sql<{ accountId: number; campaignId: number }>(
				`SELECT c.account_id AS accountId, c.id AS campaignId FROM campaigns c JOIN campaign_counters n ON n.campaign_id = c.id
				 WHERE c.state = 'sending' AND n.queued > 0 AND c.started_at_utc < @since AND NOT EXISTS (
				       SELECT 1 FROM audit a WHERE a.account_id = c.account_id AND a.subject = 'campaign:' || coalesce(c.fallback_of, c.id)
				          AND a.verb = 'campaign.resume' AND a.at_utc >= @since)
				 LIMIT 20`,
			)
			.all({ since: Date.now() - VALIDITY_SECONDS * 1000 }),
	);
	for (const of of rows) {
		await closeQueued(of, { while: "sending", to: MESSAGE_STATE.expired, cause: CAUSES.expired });
	}
}
