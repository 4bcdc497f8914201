import { sortKey } from "#app/lib/sort-key.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { RoleNameTakenError } from "./team.errors.ts";

/**
 * Two roles of an account are not told apart by capital letters.
 *
 * @param exceptId the role that keeps its name.
 * @throws RoleNameTakenError
 */
export function requireFreeName(tx: Tx, actor: Actor, name: string, exceptId?: number): void {
	const others = tx
		.sql<{ id: number; name: string }>("SELECT id, name FROM roles WHERE account_id = ?")
		.all(actor.account.id);
	const key = sortKey(name);
	if (others.some((other) => other.id !== exceptId && sortKey(other.name) === key)) throw new RoleNameTakenError(name);
}
