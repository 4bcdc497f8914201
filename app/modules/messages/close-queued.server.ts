import { setTimeout as pause } from "node:timers/promises";
import { inTx, type Tx } from "#db/tx.ts";
import { CounterDeltas } from "./counter-deltas.server.ts";
import { finishCampaign } from "./finish-campaign.server.ts";
import { lookSoon } from "./look-soon.server.ts";

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
	const { changes } = tx
		.sql("UPDATE message_states SET state = ?, cause = ? WHERE id >= ? AND id < ? AND state = 0")
		.run(how.to, how.cause, first, end);
	const deltas = new CounterDeltas(tx);
	deltas.move(of, { state: 0, cause: null }, { state: how.to, cause: how.cause }, changes);
	deltas.write();
	const range = changes > 0 && how.while === "sending" ? deltas.campaignOf(first) : undefined;
	if (range) lookSoon(tx, range, first, end - 1);
	return end;
}
