import { log } from "#app/lib/log.ts";
import { role } from "#db/role.ts";
import { inTx } from "#db/tx.ts";
import type { SignedIn } from "./signed-in-by.server.ts";

/** How exactly it is known when somebody was last here: one write a person in this time, not one a page. */
export const ACTIVITY_GRAIN_MS = 15 * 60_000;

/** Writes down that the person, and with it the account, was here just now; the page does not wait for it. */
export function noteActivity(signedIn: Pick<SignedIn, "user" | "tokenHash" | "inside" | "seenAtUtc">): void {
	const now = Date.now();
	if (now - signedIn.seenAtUtc < ACTIVITY_GRAIN_MS || role() !== "primary") return;
	const { accountId } = signedIn.user;
	inTx((tx) => {
		const { changes } = tx
			.sql("UPDATE sign_in_sessions SET seen_at_utc = ? WHERE token_hash = ? AND account_id = ? AND seen_at_utc < ?")
			.run(now, signedIn.tokenHash, accountId, now - ACTIVITY_GRAIN_MS);
		// Requests of one page come side by side: the first has written it.
		if (changes > 0) tx.sql("UPDATE accounts SET last_active_at_utc = ? WHERE id = ?").run(now, accountId);
	}).catch((error: Error) => log.warn({ error: error.message }, "an activity was not noted"));
}
