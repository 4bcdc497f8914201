import { setTimeout as pause } from "node:timers/promises";
import { isAccountActive } from "#app/modules/access/is-account-active.server.ts";
import { haltIfBlocked } from "#app/modules/messages/halt-if-blocked.server.ts";
import { inTx, readBooks } from "#db/tx.ts";

const LOOKED_AT_ONCE = 200;
const PAUSE_MS = 2;

/**
 * Pauses what is being prepared or sent of all accounts that are blocked, themselves or by one above: run after a block, so that
 * each of them is known to be stopped even where its next step is minutes away. Looks only at what is under way, a few at a time.
 */
export async function haltBlocked(): Promise<void> {
	for (let after = 0; ; ) {
		const rows = readBooks((tx) =>
			tx
				.sql<{ accountId: number; campaignId: number }>(
					`SELECT account_id AS accountId, id AS campaignId FROM campaigns
					 WHERE state IN ('preparing', 'sending') AND id > ? ORDER BY id LIMIT ${LOOKED_AT_ONCE}`,
				)
				.all(after),
		);
		for (const of of rows) {
			if (readBooks((tx) => isAccountActive(tx, of.accountId))) continue;
			await inTx((tx) => void haltIfBlocked(tx, of));
		}
		const last = rows.at(-1);
		if (!last || rows.length < LOOKED_AT_ONCE) return;
		after = last.campaignId;
		await pause(PAUSE_MS);
	}
}
