import type { Tx } from "#db/tx.ts";
import { stopListsOf } from "./stop-lists.server.ts";

/**
 * Called when a campaign gets its first messages: notes up to which entries its stop lists are looked at as messages are made. What is
 * stopped later is for the claims to look at; so is all of a list that is empty now.
 */
export function watchStops(tx: Tx, of: { accountId: number; campaignId: number }): void {
	for (const { listId, newestId } of stopListsOf(tx, of).lists)
		tx.sql(
			"INSERT INTO stop_watches (campaign_id, account_id, list_id, seen_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
		).run(of.campaignId, of.accountId, listId, newestId);
}
