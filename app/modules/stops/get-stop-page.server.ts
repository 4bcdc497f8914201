import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight, requireOwnRight } from "#app/modules/access/require-right.ts";
import type { Tx } from "#db/tx.ts";
import { requireStop } from "./require-stop.server.ts";
import { type ShownStop, shownStop } from "./shown-stop.ts";

export interface StopPage extends ShownStop {
	mayLift: boolean;
	/** Where the person said no; null: nowhere that this reader may look at. */
	saidAt: { campaignId: number; messageId: number } | null;
}

/**
 * One entry of the actor's own list, also one that was taken back.
 *
 * @throws Response 403; StopNotFoundError
 */
export function getStopPage(tx: Tx, actor: Actor, stopId: number): StopPage {
	requireOwnRight(actor, "stops.read");
	const row = requireStop(tx, actor, stopId);
	const { campaignId, messageId } = row;
	return {
		...shownStop(actor, row),
		mayLift: row.liftedAtUtc === null && hasRight(actor, "stops.delete"),
		saidAt:
			campaignId !== null && messageId !== null && hasRight(actor, "campaigns.read")
				? { campaignId: firstLeg(tx, actor, campaignId), messageId }
				: null,
	};
}

/** No page shows a second leg by itself. */
function firstLeg(tx: Tx, actor: Actor, campaignId: number): number {
	const row = tx
		.sql<{ id: number | null }>("SELECT fallback_of AS id FROM campaigns WHERE id = ? AND account_id = ?")
		.get(campaignId, actor.account.id);
	return row?.id ?? campaignId;
}
