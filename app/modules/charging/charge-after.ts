import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { CHARGE } from "./charge.ts";

/** When the messages of a campaign are charged. */
export interface Terms {
	chargeOn: "accepted" | "delivered";
	/** What was charged when it was accepted, and then did not arrive, is given back. */
	refunds: boolean;
}

/**
 * What has become of the money for a message after it moved between two states (ranks of MESSAGE_STATE); CHARGE before and after. Only for
 * messages that stand alone: of two legs `pairCharge` decides.
 *
 * - Held is charged by the event of the terms, and given back when the message ends otherwise.
 * - What was given back is charged by a delivery: late success is real.
 * - What was charged stays charged, unless the terms give it back, or the message has come back unsent since and then ends: it is sure
 *   that nobody took it.
 */
export function chargeAfter(terms: Terms, from: number, to: number, charge: number): number {
	if (to >= MESSAGE_STATE.delivered) return CHARGE.captured;
	const isLost = to >= MESSAGE_STATE.cancelled;
	if (charge === CHARGE.held) {
		if (isLost) return CHARGE.released;
		const isTaken = to === MESSAGE_STATE.handed_over || to === MESSAGE_STATE.sent;
		return isTaken && terms.chargeOn === "accepted" ? CHARGE.captured : charge;
	}
	const wasUnsent = from < MESSAGE_STATE.handed_over;
	if (charge === CHARGE.captured && isLost && (terms.refunds || wasUnsent)) return CHARGE.refunded;
	return charge;
}
