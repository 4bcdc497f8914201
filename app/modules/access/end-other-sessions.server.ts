import type { Tx } from "#db/tx.ts";
import type { Actor } from "./actor.ts";
import { endSessions } from "./end-sessions.server.ts";

/** Ends the actor's sessions on all devices but the one whose token has this hash. */
export function endOtherSessions(tx: Tx, actor: Actor, tokenHash: string): void {
	endSessions(tx, { userId: actor.userId, accountId: actor.account.id }, { except: tokenHash });
}
