import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { ProviderNameTakenError } from "./provider.errors.ts";

/** @throws ProviderNameTakenError where another provider than `ownId` is called so. */
export function requireFreeName(tx: Tx, actor: Actor, name: string, ownId: number | null): void {
	const taken = tx
		.sql("SELECT 1 FROM providers WHERE account_id = ? AND name = ? AND id IS NOT ?")
		.get(actor.account.id, name, ownId);
	if (taken) throw new ProviderNameTakenError(name);
}
