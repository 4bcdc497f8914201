/** What has become of the money for a message: message_states.charge, where it has a price class. */
export const CHARGE = {
	/** Set aside, of the pair where there is a second leg. */
	held: 1,
	captured: 2,
	/** The second leg's delivery was charged: kept on the first leg's row. */
	captured_second: 3,
	released: 4,
	/** Charged and given back. */
	refunded: 5,
} as const;
export type Charge = keyof typeof CHARGE;
