import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";

/** Signs a person of the actor's account out everywhere. */
export function endSessions(tx: Tx, actor: Actor, userId: number): void {
	tx.sql("DELETE FROM sign_in_sessions WHERE user_id = ? AND account_id = ?").run(userId, actor.account.id);
}
