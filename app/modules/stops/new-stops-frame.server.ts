import type { Actor } from "#app/modules/access/actor.ts";
import { requireOwnRight } from "#app/modules/access/require-right.ts";
import { allowedSenders, type Sender } from "#app/modules/campaigns/allowed-senders.server.ts";
import type { Tx } from "#db/tx.ts";

/**
 * What the form that adds people offers: the sender names that the account may write under.
 *
 * @throws Response 403
 */
export function newStopsFrame(tx: Tx, actor: Actor): { senders: Sender[] } {
	requireOwnRight(actor, "stops.create");
	return { senders: allowedSenders(tx, actor) };
}
