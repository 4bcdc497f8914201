import { rowsAtOnce } from "#db/rows-at-once.ts";
import type { ProviderLine } from "./line.server.ts";
import { offersAtOnce } from "./offer-batch.server.ts";
import { sendersShare } from "./places.ts";

/** Messages in one claim on a plain file, at most: in calls of one, and in calls of many. */
const CLAIM_SINGLE = 1_000;
const CLAIM_BULK = 2_000;
/** Under LiteFS so many times as much; INTENT_MESSAGES_MAX is above it. */
const TIMES = 2;
/** Claims of one campaign under way with one provider at once. */
const CLAIMS_AT_ONCE = 4;
/** What a claim holds is called within some such time: what waits at a slow provider cannot go to another. */
const AHEAD_S = 2;

/** Messages in any claim, at most. */
export function claimLargest(): number {
	return rowsAtOnce(CLAIM_BULK, TIMES);
}

/**
 * How much of a campaign is claimed for a provider at once. A provider that can neither be asked nor told twice gets no more than it is called
 * with at that moment: after a crash all of it is in doubt, for good.
 *
 * @param pass each pass over what was put back goes out in smaller calls, so that one bad number stops nobody but itself in the end.
 */
export function claimShape(
	{ providerId, adapter, bulkSize: largest, connections, perSecond, health }: ProviderLine,
	pass: number,
): { size: number; bulkSize: number; atOnce: number } {
	const bulkSize = Math.max(1, Math.floor(largest / 4 ** pass));
	const share = sendersShare(providerId);
	// Whoever makes the calls.
	const atATime = share ? share.places : connections;
	let size = bulkSize === 1 ? rowsAtOnce(CLAIM_SINGLE, TIMES) : claimLargest();
	if (health.usualMs !== null)
		size = Math.min(size, ((atATime * 1000) / Math.max(1, health.usualMs)) * AHEAD_S * bulkSize);
	if (perSecond !== null) size = Math.min(size, perSecond * AHEAD_S);
	const canClearDoubt = adapter.ask !== undefined && adapter.hasIdempotentIds;
	if (!canClearDoubt) size = Math.min(size, atATime * bulkSize);
	const atOnce = share ? 1 + offersAtOnce(share, canClearDoubt) : canClearDoubt ? CLAIMS_AT_ONCE : 2;
	return { size: Math.max(bulkSize, Math.ceil(size)), bulkSize, atOnce };
}
