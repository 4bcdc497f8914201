import type { ContentKind } from "#app/channels/channel.ts";
import type { By } from "#app/modules/ledger/transfer.ts";
import type { Tx } from "#db/tx.ts";
import type { Terms } from "./charge-after.ts";
import { postCharge } from "./post-charge.server.ts";
import { getPriceClass } from "./price-class.server.ts";
import type { Tier } from "./tiers.ts";

/** Messages of one country and kind, of which each costs the same at every tier. */
export interface NewClass {
	country: string;
	kind: ContentKind;
	tiers: Tier[];
	secondTiers: Tier[] | null;
	parts: number;
	secondParts: number;
	/** Messages to hold for. */
	quantity: number;
}

/**
 * Writes down what a campaign's messages cost, once and for all, and holds the money for them, in the transaction in which it begins.
 *
 * @throws InsufficientFundsError, after which the transaction must not be committed: see hold-campaign.
 */
export function openClasses(
	tx: Tx,
	of: { accountId: number; campaignId: number },
	terms: Terms,
	classes: NewClass[],
	by: By,
): void {
	for (const [at, one] of classes.entries()) {
		const number = at + 1;
		tx.sql(
			`INSERT INTO price_classes (campaign_id, class, account_id, country, kind, charge_on, refunds, tiers, second_tiers, parts, second_parts, awaited)
			 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		).run(
			of.campaignId,
			number,
			of.accountId,
			one.country,
			one.kind,
			// Of two legs only a delivery charges: docs/decisions/063.
			one.secondTiers ? "delivered" : terms.chargeOn,
			terms.refunds && !one.secondTiers ? 1 : 0,
			JSON.stringify(one.tiers),
			one.secondTiers && JSON.stringify(one.secondTiers),
			one.parts,
			one.secondParts,
			one.quantity,
		);
		if (one.quantity === 0) continue;
		const move = { from: null, to: "held", quantity: one.quantity, providerId: null, by } as const;
		postCharge(tx, getPriceClass(tx, of, number), move);
	}
}
