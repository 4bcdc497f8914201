import { setTimeout as pause } from "node:timers/promises";
import { inTx, type Tx } from "#db/tx.ts";
import { ChargeDeltas } from "./charge-deltas.server.ts";
import { meetCharges } from "./pair-news.server.ts";
import { releaseAwaited } from "./release-awaited.server.ts";

const IDS_A_SLICE = 2_000;
const PAUSE_MS = 2;

interface Of {
	accountId: number;
	campaignId: number;
}

/**
 * Gives back what is still held for a campaign that has ended and that nothing can be charged of any more: people who were to be frozen,
 * and those of two legs whom neither has reached. What is still on its way is given back by the news that ends it. Goes through the
 * campaign once, in slices; killed half way, it goes on where it was.
 */
export async function releaseCharges(of: Of, signal?: AbortSignal): Promise<void> {
	while (await inTx((tx) => releaseSlice(tx, of))) {
		if (signal?.aborted) return;
		await pause(PAUSE_MS);
	}
}

/** @returns whether there is more. */
function releaseSlice(tx: Tx, of: Of): boolean {
	const row = tx
		.sql<{ next: number; first: number | null; count: number }>(
			`SELECT r.next_message_id AS next, c.first_message_id AS first, c.message_count AS count FROM charge_releases r
			   JOIN campaigns c ON c.id = r.campaign_id AND c.account_id = r.account_id
			  WHERE r.campaign_id = ? AND r.account_id = ?`,
		)
		.get(of.campaignId, of.accountId);
	if (!row) return false;
	releaseAwaited(tx, of);
	const end = row.first === null ? 0 : row.first + row.count;
	if (row.next >= end) {
		tx.sql("DELETE FROM charge_releases WHERE campaign_id = ? AND account_id = ?").run(of.campaignId, of.accountId);
		return false;
	}
	const upTo = Math.min(row.next + IDS_A_SLICE, end);
	const deltas = new ChargeDeltas(tx);
	meetCharges(tx, { ...of, leg: "first", firstId: row.next, lastId: upTo - 1 }, deltas);
	deltas.write();
	tx.sql("UPDATE charge_releases SET next_message_id = ? WHERE campaign_id = ? AND account_id = ?").run(
		upTo,
		of.campaignId,
		of.accountId,
	);
	return true;
}
