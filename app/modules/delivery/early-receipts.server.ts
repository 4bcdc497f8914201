import type { Receipt } from "#app/channels/channel.ts";
import { enqueue } from "#jobs/enqueue.ts";
import { type InboxReceipt, postponeReceipts } from "#jobs/wire/take-receipts.ts";

/** Outcomes come at most half a second after the answers, and a call is given up on after half a minute. */
const WAIT_MS = 1_000;
const WAIT_MAX_MS = 60_000;
const EARLY_MAX_MS = 10 * 60_000;

/**
 * Whether a callback names a message by an id of the provider's that is not known, perhaps not yet: the outcome that brings the id
 * may still be on its way. Not for ever: it may be about a message that somebody else has sent, or one whose outcome was never heard.
 */
export function isEarly({ at }: Pick<InboxReceipt, "at">, receipts: Receipt[]): boolean {
	return Date.now() - at < EARLY_MAX_MS && receipts.some(({ externalId }) => externalId === null);
}

/** Early ones stay in the inbox, each for as long as it has waited already before its turn comes again. */
export async function letWait(early: Pick<InboxReceipt, "id" | "at">[]): Promise<void> {
	if (early.length === 0) return;
	const now = Date.now();
	const waiting = early.map(({ id, at }) => ({ id, ms: Math.min(Math.max(now - at, WAIT_MS), WAIT_MAX_MS) }));
	await postponeReceipts(waiting);
	const runAtUtc = now + waiting.reduce((least, { ms }) => Math.min(least, ms), WAIT_MAX_MS);
	await enqueue([{ task: "apply-receipts", payload: {}, key: "apply-early-receipts", runAtUtc, ifWaiting: "keep" }]);
}
