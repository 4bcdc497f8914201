import type { Actor } from "#app/modules/access/actor.ts";
import { requireRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { getCampaignList } from "./get-campaign-list.server.ts";

/**
 * The campaigns of an account below, to look at; only its own people change them.
 *
 * @throws AccountNotFoundError
 */
export function getAccountCampaigns(tx: Tx, actor: Actor, accountId: number, url: string) {
	requireRight(actor, "accounts.read");
	// The list has asked for the scope: an account that is not in it has no name here either.
	const list = getCampaignList(tx, actor, accountId, url);
	const { name } = tx.sql<{ name: string }>("SELECT name FROM accounts WHERE id = ?").get(accountId)!;
	return { ...list, account: { id: accountId, name } };
}
