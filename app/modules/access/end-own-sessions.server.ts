import { writeAudit } from "#app/modules/audit/write-audit.server.ts";
import { inTx } from "#db/tx.ts";
import { endSessions } from "./end-sessions.server.ts";
import { requireSelf } from "./require-right.ts";
import type { SignedIn } from "./signed-in-by.server.ts";

/**
 * Ends sessions of the person: one (by OwnSession.id), all others, or all. One that is not the person's, or has ended already, is passed
 * over.
 *
 * @returns whether the session that asks is over now.
 * @throws Response 403 inside of another's cabinet.
 */
export async function endOwnSessions(
	{ actor, home, user, tokenHash }: SignedIn,
	which: { only: string } | "others" | "all",
): Promise<boolean> {
	requireSelf(actor);
	const isOne = typeof which === "object";
	const selection = isOne ? { only: which.only } : which === "others" ? { except: tokenHash } : {};
	const verb = isOne ? "session.end" : which === "others" ? "session.end-others" : "session.end-all";
	await inTx((tx) => {
		if (endSessions(tx, user, selection) > 0) writeAudit(tx, home, verb, `user:${user.userId}`);
	});
	return which === "all" || (isOne && which.only === tokenHash);
}
