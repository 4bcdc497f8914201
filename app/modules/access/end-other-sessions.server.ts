import type { Tx } from "#db/tx.ts";
import type { Actor } from "./actor.ts";

/** Ends the actor's sessions on all devices but the one whose token has this hash. */
export function endOtherSessions(tx: Tx, actor: Actor, tokenHash: string): void {
	tx.sql("DELETE FROM sign_in_sessions WHERE user_id = ? AND account_id = ? AND token_hash <> ?").run(
		actor.userId,
		actor.account.id,
		tokenHash,
	);
}
