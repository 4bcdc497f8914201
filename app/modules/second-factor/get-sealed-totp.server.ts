import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";

/** The actor's secret as it is kept, sealed; null: no second factor. */
export function getSealedTotp(tx: Tx, actor: Actor): string | null {
	const row = tx
		.sql<{ sealed: string | null }>("SELECT sealed_totp AS sealed FROM users WHERE id = ? AND account_id = ?")
		.get(actor.userId, actor.account.id);
	return row?.sealed ?? null;
}
