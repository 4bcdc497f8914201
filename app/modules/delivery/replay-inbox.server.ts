import { setTimeout as pause } from "node:timers/promises";
import { type Replay, replayReceipts } from "#jobs/wire/replay-receipts.ts";
import { applyReceipts } from "./apply-receipts.server.ts";

const RECEIPTS_A_SLICE = 500;
const PAUSE_MS = 2;

/**
 * Puts callbacks back into the inbox, slice by slice, and applies each before the next. Killed half way it begins anew: what could be read by
 * then has no note any more, and what it said is there already.
 */
export async function replayInbox(replay: Replay, signal?: AbortSignal): Promise<void> {
	for (let after: number | null = 0; after !== null && !signal?.aborted; ) {
		after = await replayReceipts(replay, after, RECEIPTS_A_SLICE);
		await applyReceipts(signal);
		await pause(PAUSE_MS);
	}
}
