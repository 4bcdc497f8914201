import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { ProviderNotFoundError, StaleProviderError } from "./provider.errors.ts";

/** What the pages around a provider say of it. */
export interface ProviderHead {
	id: number;
	name: string;
	/** Raised by each change of costs, limits and alarms. */
	version: number;
}

/**
 * @param version what the page showed; left out where it does not matter.
 * @throws ProviderNotFoundError, StaleProviderError
 */
export function requireProvider(tx: Tx, actor: Actor, providerId: number, version?: number): ProviderHead {
	const provider = tx
		.sql<ProviderHead>("SELECT id, name, version FROM providers WHERE id = ? AND account_id = ?")
		.get(providerId, actor.account.id);
	if (!provider) throw new ProviderNotFoundError(`no provider ${providerId}`);
	if (version !== undefined && version !== provider.version)
		throw new StaleProviderError(`version ${provider.version}`);
	return provider;
}

/** The form that showed `version` is spent. */
export function raiseVersion(tx: Tx, actor: Actor, providerId: number): void {
	tx.sql("UPDATE providers SET version = version + 1 WHERE id = ? AND account_id = ?").run(
		providerId,
		actor.account.id,
	);
}
