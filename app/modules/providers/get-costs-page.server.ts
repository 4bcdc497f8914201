import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import type { Tx } from "#db/tx.ts";
import { type CostLine, LINES_MAX, writeLine } from "./costs.schema.ts";
import { type ProviderHead, requireProvider } from "./require-provider.server.ts";

/**
 * What a provider takes for a message, as its form holds it: the lines for all first, then by country.
 *
 * @throws Response 403; ProviderNotFoundError
 */
export function getCostsPage(
	tx: Tx,
	actor: Actor,
	providerId: number,
): { provider: ProviderHead; costs: string; currency: string } {
	requireRight(actor, "providers.read");
	const provider = requireProvider(tx, actor, providerId);
	const costs = costLines(tx, actor, providerId).map(writeLine).join("\n");
	return { provider, costs, currency: currency(tx) };
}

export function costLines(tx: Tx, actor: Actor, providerId: number): CostLine[] {
	return tx
		.sql<CostLine>(
			`SELECT country, kind, cost_micros AS costMicros FROM provider_costs
			  WHERE provider_id = ? AND account_id = ? ORDER BY country, kind LIMIT ?`,
		)
		.all(providerId, actor.account.id, LINES_MAX);
}
