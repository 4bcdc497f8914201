import type { ContentKind } from "#app/channels/channel.ts";
import type { Tx } from "#db/tx.ts";

/**
 * What a provider takes for one message, in micro-units of the installation's currency: by the line that names the country, then
 * by the one that names the kind. Null: nobody has written it down.
 */
export function findCost(tx: Tx, of: { providerId: number; country: string; kind: ContentKind }): number | null {
	const line = tx
		.sql<{ cost: number }>(
			`SELECT cost_micros AS cost FROM provider_costs
			  WHERE provider_id = @providerId AND country IN ('', @country) AND kind IN ('', @kind)
			  ORDER BY country <> '' DESC, kind <> '' DESC LIMIT 1`,
		)
		.get({ ...of });
	return line?.cost ?? null;
}
