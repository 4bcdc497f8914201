import { inTx } from "#db/tx.ts";
import type { SignedIn } from "./signed-in-by.server.ts";

/** Ends this one session; the person's other devices stay signed in. */
export async function signOut({ actor, tokenHash }: Pick<SignedIn, "actor" | "tokenHash">): Promise<void> {
	await inTx((tx) => {
		const { changes } = tx
			.sql("DELETE FROM sign_in_sessions WHERE token_hash = ? AND account_id = ?")
			.run(tokenHash, actor.account.id);
		if (changes === 0) return;
		tx.sql(
			"INSERT INTO audit (account_id, at_utc, user_id, behind_user_id, verb, subject) VALUES (?, ?, ?, ?, 'sign-out', ?)",
		).run(actor.account.id, Date.now(), actor.userId, actor.behindUserId, `user:${actor.userId}`);
	});
}
