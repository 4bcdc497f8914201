import { setTimeout as pause } from "node:timers/promises";
import { inTx, type Tx } from "#db/tx.ts";
import { CounterDeltas } from "./counter-deltas.server.ts";
import { finishCampaign } from "./finish-campaign.server.ts";
import { lookSoon } from "./look-soon.server.ts";
import { MESSAGE_STATE } from "./message-state.ts";
import { CHARGE_CASE, chargesAfter, noteCharges } from "./move-charges.server.ts";

const IDS_A_SLICE = 5_000;
const PAUSE_MS = 2;

interface Close {
	/** Only while the campaign is in this state. */
	while: "cancelled" | "sending";
	/** Rank of the state that queued messages end in. */
	to: number;
	/** Number of CAUSES. */
	cause: number | null;
}

/**
 * Ends what is still queued of a campaign, in slices: cancelled with it, or given up. What is being handed over at this moment
 * goes its way; what of it comes back unsent is taken by the next run (the sweep calls until nothing is queued).
 */
export async function closeQueued(of: { accountId: number; campaignId: number }, how: Close): Promise<void> {
	for (let from: number | null = 0; from !== null; ) {
		const start: number = from;
		from = await inTx((tx) => closeSlice(tx, of, how, start));
		if (from !== null) await pause(PAUSE_MS);
	}
}

const THESE = `id >= @first AND id < @end AND state = ${MESSAGE_STATE.queued}`;

function closeSlice(tx: Tx, of: { accountId: number; campaignId: number }, how: Close, start: number): number | null {
	const campaign = tx
		.sql<{ first: number | null; count: number }>(
			"SELECT first_message_id AS first, message_count AS count FROM campaigns WHERE id = ? AND account_id = ? AND state = ?",
		)
		.get(of.campaignId, of.accountId, how.while);
	if (!campaign || campaign.first === null) return null;
	const first = Math.max(start, campaign.first);
	const end = Math.min(first + IDS_A_SLICE, campaign.first + campaign.count);
	if (first >= end) {
		finishCampaign(tx, of.campaignId);
		return null;
	}
	const deltas = new CounterDeltas(tx);
	const range = deltas.campaignOf(first);
	const after = range && chargesAfter(range, MESSAGE_STATE.queued, how.to);
	if (after) noteCharges(tx, range, after, THESE, { first, end }, deltas);
	const { changes } = tx
		.sql(`UPDATE message_states SET state = @to, cause = @cause${after ? CHARGE_CASE : ""} WHERE ${THESE}`)
		.run({ ...after, to: how.to, cause: how.cause, first, end });
	deltas.move(of, { state: MESSAGE_STATE.queued, cause: null }, { state: how.to, cause: how.cause }, changes);
	if (range && changes > 0) deltas.meetCharges(range, first, end - 1, how.to);
	deltas.write();
	if (range && changes > 0 && how.while === "sending") lookSoon(tx, range, first, end - 1);
	return end;
}
