import { isAccountActive } from "#app/modules/access/is-account-active.server.ts";
import type { Tx } from "#db/tx.ts";
import { haltForBlock } from "./halt-for-block.server.ts";

/**
 * Pauses a campaign that is being prepared or sent when its account, or one above it, is blocked. Every step of the way asks, in the
 * transaction that would take it: a block of a branch of thousands is one row, and nothing is sent after it.
 *
 * @returns whether the campaign must not go on.
 */
export function haltIfBlocked(tx: Tx, of: { accountId: number; campaignId: number }): boolean {
	if (isAccountActive(tx, of.accountId)) return false;
	haltForBlock(tx, of);
	return true;
}
