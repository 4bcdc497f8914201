import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import type { SignedIn } from "./signed-in-by.server.ts";

/** Ends this one session; the person's other devices stay signed in. */
export async function signOut({
	actor,
	user,
	tokenHash,
}: Pick<SignedIn, "actor" | "user" | "tokenHash">): Promise<void> {
	await inTx((tx) => {
		const { changes } = tx
			.sql("DELETE FROM sign_in_sessions WHERE token_hash = ? AND account_id = ?")
			.run(tokenHash, user.accountId);
		if (changes === 0) return;
		writeAudit(tx, actor, "sign-out", `user:${actor.userId}`);
	});
}
