import type { Actor } from "#app/modules/access/actor.ts";
import { hasRight } from "#app/modules/access/require-right.ts";
import { currency } from "#app/modules/platform/currency.server.ts";
import type { Tx } from "#db/tx.ts";
import { CLASS_COLUMNS, classOf, type PriceClass } from "./price-class.server.ts";
import { viewedUnits } from "./viewed-units.ts";

/** What a campaign has come to so far for whoever looks, in micro-units. */
export interface CampaignMoney {
	/** Set aside for messages that may still be charged. */
	heldMicros: number;
	chargedMicros: number;
	/** Held or charged, and given back. */
	backMicros: number;
	/** What the viewer pays for what is charged: a dealer to the one above, the root to the providers. Null: it is the sender. */
	costMicros: number | null;
	/** The viewer is the sender: it pays; else it is paid. */
	isSender: boolean;
	currency: string;
}

interface Counts {
	captured: number;
	capturedSecond: number;
	released: number;
	refunded: number;
}

/** Of a campaign that the caller may read. Null: it costs nothing, the viewer had no part in it, or may not see money. */
export function getCampaignMoney(
	tx: Tx,
	actor: Actor,
	campaign: { id: number; accountId: number },
): CampaignMoney | null {
	if (!hasRight(actor, "money.read")) return null;
	const classes = tx
		.sql<Counts>(
			`SELECT ${CLASS_COLUMNS}, k.captured, k.captured_second AS capturedSecond, k.released, k.refunded
			   FROM price_classes k WHERE k.campaign_id = ? AND k.account_id = ? ORDER BY k.class`,
		)
		.all(campaign.id, campaign.accountId)
		.map((row) => classOf(row) as PriceClass & Counts);
	const sums = { heldMicros: 0, chargedMicros: 0, backMicros: 0 };
	let ownMicros = 0;
	let isPaid = false;
	for (const one of classes) {
		const first = viewedUnits(one.tiers, one.rootId, actor.account.id);
		if (!first) continue;
		const second = one.secondTiers && viewedUnits(one.secondTiers, one.rootId, actor.account.id);
		const most = Math.max(first.price, second?.price ?? 0);
		isPaid = true;
		sums.heldMicros += most * (one.held + one.awaited);
		sums.chargedMicros += first.price * one.captured + (second?.price ?? 0) * one.capturedSecond;
		sums.backMicros += most * one.released + first.price * one.refunded;
		ownMicros += (first.ownPrice ?? 0) * one.captured + (second?.ownPrice ?? 0) * one.capturedSecond;
	}
	if (!isPaid) return null;
	const isRoot = actor.account.id === classes[0]!.rootId;
	const isSender = actor.account.id === campaign.accountId;
	const costMicros = isSender ? null : isRoot ? providersCost(tx, campaign, actor.account.id) : ownMicros;
	return { ...sums, costMicros, isSender, currency: currency(tx) };
}

/** What the providers took for it. */
function providersCost(tx: Tx, campaign: { id: number; accountId: number }, rootId: number): number {
	const row = tx
		.sql<{ micros: number | null }>(
			`SELECT -sum(p.amount_micros) AS micros FROM transfers t JOIN postings p ON p.transfer_id = t.id
			    AND p.book_id = (SELECT id FROM ledger_books WHERE account_id = @rootId AND kind = 'costs')
			  WHERE t.campaign_id = @campaignId AND t.account_id = @accountId`,
		)
		.get({ rootId, campaignId: campaign.id, accountId: campaign.accountId });
	return row?.micros ?? 0;
}
