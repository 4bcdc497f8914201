import type { Tx } from "#db/tx.ts";
import type { Actor } from "./actor.ts";

/**
 * Whether the actor may undo what was set on an account: it is the business of whoever set it and of those above them. A dealer does
 * not undo what the admin did to its client. Once the setter does not stand above the account any more (it was moved to another
 * branch), or is not known, it is the business of everybody who may set it.
 *
 * @param path of the account that it was set on.
 * @param setterId the account for which it was set; null: not known.
 */
export function mayUndo(tx: Tx, actor: Pick<Actor, "account">, path: string, setterId: number | null): boolean {
	if (setterId === null) return true;
	const setter = tx.sql<{ path: string }>("SELECT path FROM accounts WHERE id = ?").get(setterId);
	if (!setter || !path.startsWith(setter.path)) return true;
	return setter.path.startsWith(actor.account.path);
}
