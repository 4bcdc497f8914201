import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { endSessions } from "./end-sessions.server.ts";
import type { SignedIn } from "./signed-in-by.server.ts";

/** Ends this one session, also out of a cabinet that was entered; the person's other devices stay signed in. */
export async function signOut({ home, user, tokenHash }: Pick<SignedIn, "home" | "user" | "tokenHash">): Promise<void> {
	await inTx((tx) => {
		if (endSessions(tx, user, { only: tokenHash }) === 0) return;
		writeAudit(tx, home, "sign-out", `user:${user.userId}`);
	});
}
