import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { getProvider } from "./provider.queries.server.ts";

/** Whose rehearsal it is. @throws ProviderNotFoundError */
export function getRehearsalPage(tx: Tx, actor: Actor, providerId: number): { provider: { id: number; name: string } } {
	requireRight(actor, "providers.update");
	const { id, name } = getProvider(tx, actor, providerId);
	return { provider: { id, name } };
}
