import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight } from "#app/modules/access/require-right.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import type { Tx } from "#db/tx.ts";
import type { Charge } from "./charge.ts";
import { chargeNameOf } from "./post-charge.server.ts";
import { getPriceClass } from "./price-class.server.ts";
import { viewedUnits } from "./viewed-units.ts";

/** What one person's message costs, and what has become of that, for whoever looks; micro-units. */
export interface MessageCharge {
	charge: Charge;
	/** What the sender pays, or the account directly below the viewer; while it is held, the dearer of two legs. */
	priceMicros: number;
	/** What the viewer pays to the one above; null: it is the sender or the root. */
	ownMicros: number | null;
	currency: string;
}

/**
 * Of a message of a campaign that the caller may read. Null: it costs nothing, the viewer had no part in it, or may not see money.
 *
 * @param campaign the first leg.
 * @param messageId of either leg: both messages of a person have one charge.
 */
export function getMessageCharge(
	tx: Tx,
	actor: Actor,
	campaign: { id: number; accountId: number },
	messageId: number,
): MessageCharge | null {
	if (!hasRight(actor, "money.read")) return null;
	const row = tx
		.sql<{ priceClass: number | null; charge: number | null }>(
			`SELECT s.price_class AS priceClass, s.charge FROM messages m JOIN message_states s ON s.id = coalesce(m.first_leg_id, m.id)
			  WHERE m.id = ?`,
		)
		.get(messageId);
	if (!row || row.priceClass === null || row.charge === null) return null;
	const one = getPriceClass(tx, { accountId: campaign.accountId, campaignId: campaign.id }, row.priceClass);
	const charge = chargeNameOf(row.charge);
	const first = viewedUnits(one.tiers, one.rootId, actor.account.id);
	const second = one.secondTiers && viewedUnits(one.secondTiers, one.rootId, actor.account.id);
	if (!first) return null;
	const isSecond = charge === "captured_second" || (charge === "held" && (second?.price ?? 0) > first.price);
	const shown = isSecond && second ? second : first;
	return { charge, priceMicros: shown.price, ownMicros: shown.ownPrice, currency: currency(tx) };
}
