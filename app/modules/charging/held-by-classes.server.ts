import type { Tx } from "#db/tx.ts";
import { heldOf } from "./charge-parts.ts";
import { CLASS_COLUMNS, classOf } from "./price-class.server.ts";

/**
 * What must be in the accounts' books `held` for the campaigns behind `afterCampaignId`, as their price classes say: added up over all
 * campaigns, slice by slice within one read transaction, it equals every such book.
 *
 * @returns micro-units by account; the last campaign of the slice, or null where there are none behind it.
 */
export function heldByClasses(
	tx: Tx,
	afterCampaignId: number,
	campaigns: number,
): { held: Map<number, number>; last: number | null } {
	const rows = tx
		.sql(
			// Of all classes that there ever were those few for which something is held: by the index of them.
			`SELECT ${CLASS_COLUMNS} FROM price_classes k WHERE k.awaited + k.held > 0 AND k.campaign_id IN (
			   SELECT DISTINCT h.campaign_id FROM price_classes h INDEXED BY price_classes_held
			    WHERE h.awaited + h.held > 0 AND h.campaign_id > ? ORDER BY h.campaign_id LIMIT ?)
			  ORDER BY k.campaign_id`,
		)
		.all(afterCampaignId, campaigns)
		.map(classOf);
	const held = new Map<number, number>();
	for (const one of rows) {
		const quantity = one.awaited + one.held;
		for (const [accountId, micros] of heldOf(one)) held.set(accountId, (held.get(accountId) ?? 0) + micros * quantity);
	}
	return { held, last: rows.at(-1)?.campaignId ?? null };
}
