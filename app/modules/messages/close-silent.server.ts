import { setTimeout as pause } from "node:timers/promises";
import { CAUSES } from "#app/channels/causes.ts";
import { inTx, readBooks, type Tx } from "#db/tx.ts";
import { applyChanges, type Change } from "./apply-changes.server.ts";
import { finishCampaign } from "./finish-campaign.server.ts";
import { MESSAGE_STATE } from "./message-state.ts";
import { SILENCE_SECONDS } from "./validity.ts";

const IDS_A_SLICE = 5_000;
const PAUSE_MS = 2;
/** Until a campaign of which something is still on its way is looked through again. */
const LOOK_AGAIN_MS = 3_600_000;

interface Of {
	accountId: number;
	campaignId: number;
}

/** Campaigns that this process is going through: the sweep calls for a long one again and again. */
const underWay = new Set<number>();

/**
 * Closes the messages of a campaign that were handed over and of which no provider has said what became of them in the time that it had:
 * expired, for want of a receipt. A late one still moves them up. What is being asked about stays with those who ask. Goes through the
 * campaign's ids in slices and writes only where there is something to close; killed half way, it begins anew.
 */
export async function closeSilent(of: Of, signal?: AbortSignal): Promise<void> {
	if (underWay.has(of.campaignId)) return;
	underWay.add(of.campaignId);
	try {
		const since = Math.floor(Date.now() / 1000) - SILENCE_SECONDS;
		for (let from: number | null = 0; from !== null; ) {
			const start: number = from;
			const end = readBooks((tx) => sliceEnd(tx, of, start));
			if (end === null) break;
			if (readBooks((tx) => silentIds(tx, of, start, end, since, 1)).length > 0)
				await inTx((tx) => void closeSlice(tx, of, start, end, since));
			if (signal?.aborted) return;
			from = end;
			await pause(PAUSE_MS);
		}
		await inTx((tx) => planNext(tx, of));
	} finally {
		underWay.delete(of.campaignId);
	}
}

/** Where the slice from `start` on ends; null: the campaign has nothing on its way, or no message there. */
function sliceEnd(tx: Tx, of: Of, start: number): number | null {
	const campaign = tx
		.sql<{ first: number | null; count: number }>(
			`SELECT c.first_message_id AS first, c.message_count AS count FROM campaigns c
			   JOIN campaign_counters n ON n.campaign_id = c.id AND n.account_id = c.account_id
			  WHERE c.id = ? AND c.account_id = ? AND n.handed_over + n.unknown + n.sent > 0`,
		)
		.get(of.campaignId, of.accountId);
	if (!campaign || campaign.first === null) return null;
	const end = campaign.first + campaign.count;
	return start >= end ? null : Math.min(Math.max(start, campaign.first) + IDS_A_SLICE, end);
}

function silentIds(tx: Tx, of: Of, start: number, end: number, since: number, limit: number): number[] {
	return tx
		.sql<{ id: number }>(
			`SELECT s.id FROM message_states s
			  WHERE s.id >= max(@start, (SELECT first_message_id FROM campaigns WHERE id = @campaign AND account_id = @account))
			    AND s.id < @end AND s.state IN (${MESSAGE_STATE.handed_over}, ${MESSAGE_STATE.unknown}, ${MESSAGE_STATE.sent})
			    AND max(coalesce(s.handed_at, 0), coalesce(s.sent_at, 0)) <= @since
			    AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.campaign_id = @campaign
			         AND s.id >= c.first_message_id AND s.id < c.first_message_id + c.message_count)
			  ORDER BY s.id LIMIT @limit`,
		)
		.all({ campaign: of.campaignId, account: of.accountId, start, end, since, limit })
		.map(({ id }) => id);
}

function closeSlice(tx: Tx, of: Of, start: number, end: number, since: number): void {
	const at = Math.floor(Date.now() / 1000);
	const closed = { attempt: 0, to: MESSAGE_STATE.expired, cause: CAUSES.no_receipt, at };
	const ids = silentIds(tx, of, start, end, since, IDS_A_SLICE);
	applyChanges(
		tx,
		ids.map((messageId): Change => ({ messageId, ...closed })),
	);
}

/** Later again, as long as something may come to be silent; else the campaign has had its last look. */
function planNext(tx: Tx, of: Of): void {
	finishCampaign(tx, of.campaignId);
	const { changes } = tx
		.sql(
			`DELETE FROM receipt_waits WHERE campaign_id = @campaign AND account_id = @account AND EXISTS (
			   SELECT 1 FROM campaigns c JOIN campaign_counters n ON n.campaign_id = c.id
			    WHERE c.id = @campaign AND c.account_id = @account AND c.state IN ('done', 'cancelled', 'failed')
			      AND n.queued + n.claimed + n.handed_over + n.unknown + n.sent = 0)`,
		)
		.run({ campaign: of.campaignId, account: of.accountId });
	if (changes > 0) return;
	tx.sql("UPDATE receipt_waits SET due_at_utc = ? WHERE campaign_id = ? AND account_id = ?").run(
		Date.now() + LOOK_AGAIN_MS,
		of.campaignId,
		of.accountId,
	);
}
