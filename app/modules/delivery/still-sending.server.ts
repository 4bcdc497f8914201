import { readBooks } from "#db/tx.ts";

/** A person who presses "pause" or "cancel" stops what is not yet under way within this time. */
const LOOK_EVERY_MS = 200;

/**
 * Asks before each call whether the campaign is still to be sent: thousands are claimed ahead of the calls, and with a slow
 * provider those would otherwise go out long after somebody has stopped the campaign. The books are looked at five times a
 * second at most.
 */
export function stillSending(of: { accountId: number; campaignId: number }): () => boolean {
	let isSending = true;
	let lookAgainAt = 0;
	return () => {
		const now = Date.now();
		if (isSending && now >= lookAgainAt) {
			isSending = readState(of) === "sending";
			lookAgainAt = now + LOOK_EVERY_MS;
		}
		return isSending;
	};
}

function readState(of: { accountId: number; campaignId: number }): string | undefined {
	return readBooks((tx) =>
		tx
			.sql<{ state: string }>("SELECT state FROM campaigns WHERE id = ? AND account_id = ?")
			.get(of.campaignId, of.accountId),
	)?.state;
}
