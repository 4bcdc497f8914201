import { setTimeout as pause } from "node:timers/promises";
import { inTx, type Tx } from "#db/tx.ts";
import { cancelSlice, dropDraftsSlice } from "./wipe-campaigns.server.ts";
import { wipeLists } from "./wipe-lists.server.ts";
import { wipeStopsSlice } from "./wipe-stops.server.ts";

const PAUSE_MS = 2;

/** Accounts that this process is at: the sweep need not start a long one twice. */
const underWay = new Set<number>();

/**
 * Does what closing an account has left to be done: cancels its campaigns that have not begun or were paused, and deletes its drafts,
 * its lists and the people in them. In slices, so that no other write waits; safe to run twice and to die anywhere: each slice
 * finds what is still there, and only when nothing is does the account count as wiped. An account that is not closed is left alone.
 */
export async function wipeAccount(accountId: number, signal?: AbortSignal): Promise<void> {
	if (underWay.has(accountId)) return;
	underWay.add(accountId);
	try {
		if (!(await inTx((tx) => isToBeWiped(tx, accountId)))) return;
		const goOn = () => signal?.aborted !== true;
		const slices = [cancelSlice, dropDraftsSlice, wipeStopsSlice];
		for (const slice of slices) {
			do {
				if (!goOn()) return;
				await pause(PAUSE_MS);
			} while (await inTx((tx) => slice(tx, accountId)));
		}
		if (!(await wipeLists(accountId, goOn))) return;
		await inTx((tx) => {
			// What bills that were issued say, they keep.
			tx.sql("DELETE FROM bill_details WHERE account_id = ?").run(accountId);
			tx.sql("UPDATE accounts SET wiped_at_utc = ? WHERE id = ? AND state = 'closed'").run(Date.now(), accountId);
		});
	} finally {
		underWay.delete(accountId);
	}
}

function isToBeWiped(tx: Tx, accountId: number): boolean {
	const row = tx
		.sql("SELECT 1 FROM accounts WHERE id = ? AND state = 'closed' AND wiped_at_utc IS NULL")
		.get(accountId);
	if (!row) return false;
	// Whoever reads a list at this moment finds at its next slice that it is no longer to be read.
	tx.sql(
		"UPDATE collections SET state = 'failed', failure = 'reading_cancelled' WHERE account_id = ? AND state = 'reading'",
	).run(accountId);
	return true;
}
