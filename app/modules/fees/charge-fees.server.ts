import { setTimeout as pause } from "node:timers/promises";
import { inTx, readBooks } from "#db/tx.ts";
import { payFees } from "./pay-fees.server.ts";

const ACCOUNTS_AT_ONCE = 100;
const PAUSE_MS = 2;

/**
 * Charges all fees whose month has begun, account by account, each in a transaction of its own: killed anywhere, what was charged is
 * charged, and the rest is found again. Months that went by while nothing ran are made up for.
 */
export async function chargeFees(signal?: AbortSignal, now = Date.now()): Promise<void> {
	while (!signal?.aborted) {
		const due = readBooks((tx) =>
			tx
				.sql<{ accountId: number }>(
					`SELECT DISTINCT account_id AS accountId FROM
					   (SELECT account_id FROM fees INDEXED BY fees_due WHERE try_at_utc <= ? ORDER BY try_at_utc LIMIT ${ACCOUNTS_AT_ONCE})`,
				)
				.all(now),
		);
		// Each is looked at later from here on, paid or not: the list comes to its end.
		for (const { accountId } of due) {
			await inTx((tx) => void payFees(tx, accountId, now));
			if (signal?.aborted) return;
		}
		if (due.length === 0) return;
		await pause(PAUSE_MS);
	}
}
