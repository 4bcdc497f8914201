import { setTimeout as pause } from "node:timers/promises";
import { applyChanges } from "#app/modules/messages/apply-changes.server.ts";
import { inTx } from "#db/tx.ts";
import { readEvidenceSince } from "#jobs/wire/read-evidence-since.ts";

const ROWS_A_TX = 5_000;
const PAUSE_MS = 2;

/**
 * Brings into the books once more what providers have said since `sinceUtc` (Unix ms, by Postgres) and what had left the inbox: the books may
 * have lost it. What they know already changes nothing.
 *
 * @returns how much was said.
 */
export function replayEvidence(sinceUtc: number): Promise<number> {
	return readEvidenceSince(sinceUtc, ROWS_A_TX, async (rows) => {
		await inTx((tx) => void applyChanges(tx, rows));
		await pause(PAUSE_MS);
	});
}
