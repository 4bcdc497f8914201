export type Leg = "first" | "second";

/** What is known of one person's two messages when a delivery is applied. */
export interface TwoLegs {
	/** Unix seconds of each delivery, as the providers say; null: not delivered. */
	firstDeliveredAt: number | null;
	secondDeliveredAt: number | null;
	/** What this person has been charged for already. */
	charged: Leg | null;
}

/**
 * Which of a person's two messages is to be charged; null: none yet. The rule (docs/decisions/063), told to the client in the form:
 * **one message a person, the one that is known first to have been delivered.**
 *
 * - Only a delivery charges, whatever the price list says of other campaigns: that a provider has taken the first message says nothing
 *   about which of the two reached anybody.
 * - What was charged stays charged: a late success takes no money back and adds none.
 * - Where both become known in one batch, the earlier delivery counts, and of two in the same second the first leg's.
 *
 * The ledger (modules/ledger) asks it in the transaction that applies the deliveries, and releases what is held for the other message.
 */
export function chargedLeg({ firstDeliveredAt, secondDeliveredAt, charged }: TwoLegs): Leg | null {
	if (charged !== null) return charged;
	if (secondDeliveredAt === null) return firstDeliveredAt === null ? null : "first";
	if (firstDeliveredAt === null) return "second";
	return firstDeliveredAt <= secondDeliveredAt ? "first" : "second";
}
