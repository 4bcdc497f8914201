import { isAccountActive } from "#app/modules/access/is-account-active.server.ts";
import { readBooks } from "#db/tx.ts";

/** A person who presses "pause" or "cancel", or blocks the account or one above it, stops what is not yet under way within this time. */
const LOOK_EVERY_MS = 200;

/**
 * Asks before each call whether the campaign is still to be sent: thousands are claimed ahead of the calls, and with a slow
 * provider those would otherwise go out long after somebody has stopped the campaign or blocked its account. The books are looked
 * at five times a second at most.
 */
export function stillSending(of: { accountId: number; campaignId: number }): () => boolean {
	let isSending = true;
	let lookAgainAt = 0;
	return () => {
		const now = Date.now();
		if (isSending && now >= lookAgainAt) {
			isSending = mayBeSent(of);
			lookAgainAt = now + LOOK_EVERY_MS;
		}
		return isSending;
	};
}

/** Whether a campaign is being sent and its account may send. */
export function mayBeSent(of: { accountId: number; campaignId: number }): boolean {
	return readBooks((tx) => {
		const campaign = tx
			.sql("SELECT 1 FROM campaigns WHERE id = ? AND account_id = ? AND state = 'sending'")
			.get(of.campaignId, of.accountId);
		return campaign !== undefined && isAccountActive(tx, of.accountId);
	});
}
