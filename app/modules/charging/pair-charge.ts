import { chargedLeg } from "#app/modules/fallback/charged-leg.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { CHARGE } from "./charge.ts";

/** A person's two messages as the books have them. */
export interface Pair {
	firstState: number;
	/** Unix seconds; null: not known to be delivered. */
	firstDeliveredAt: number | null;
	/** Null: there is no second message. */
	secondState: number | null;
	secondDeliveredAt: number | null;
	/** CHARGE, held or released. */
	charge: number;
}

/**
 * What has become of the money for a person with two legs, of which one is charged, by a delivery only (docs/decisions/063). Given back
 * once nothing of either is to be expected any more; a delivery after that charges all the same.
 *
 * @param isOver the campaign has ended: nobody gets a second message any more.
 */
export function pairCharge(pair: Pair, isOver: boolean): number {
	const { firstDeliveredAt, secondDeliveredAt, firstState, secondState, charge } = pair;
	const leg = chargedLeg({ firstDeliveredAt, secondDeliveredAt, charged: null });
	if (leg) return leg === "first" ? CHARGE.captured : CHARGE.captured_second;
	const isSecondLost = secondState === null ? isOver : secondState >= MESSAGE_STATE.cancelled;
	return firstState >= MESSAGE_STATE.cancelled && isSecondLost ? CHARGE.released : charge;
}
