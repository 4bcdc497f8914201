import { unseal } from "#app/lib/secrets.server.ts";
import type { Actor } from "#app/modules/access/actor.ts";
import type { Tx } from "#db/tx.ts";
import { ProviderNotFoundError } from "./provider.errors.ts";
import type { ProviderInput } from "./provider.schema.ts";

/**
 * What a provider's form would say had it been filled in with what is stored, secrets included: for code, never for a page.
 *
 * @throws ProviderNotFoundError
 */
export function storedInput(tx: Tx, actor: Actor, providerId: number): ProviderInput & { adapter: string } {
	const row = tx
		.sql<Pick<ProviderInput, "name" | "bulkSize" | "connections"> & { adapter: string; sealed: string }>(
			`SELECT adapter, name, bulk_size AS bulkSize, connections, sealed_settings AS sealed FROM providers
			  WHERE id = ? AND account_id = ?`,
		)
		.get(providerId, actor.account.id);
	if (!row) throw new ProviderNotFoundError(`no provider ${providerId}`);
	const { sealed, ...open } = row;
	return { ...open, settings: JSON.parse(unseal(sealed, `provider:${providerId}`)) as Record<string, string> };
}
