import type { Actor } from "#app/modules/access/actor.ts";
import { listProviders, type ProviderRow } from "#app/modules/providers/provider.queries.server.ts";
import { readBooks } from "#db/tx.ts";

/** The providers whose callbacks the actor may read: its account's. @throws Response 403 */
export function ownProviders(actor: Actor): Pick<ProviderRow, "id" | "name" | "channel">[] {
	return readBooks((tx) => listProviders(tx, actor)).map(({ id, name, channel }) => ({ id, name, channel }));
}
