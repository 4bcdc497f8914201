/** What came of a message, as the wire keeps it (wire.outcomes.results). */
export const RESULT = {
	none: 0,
	handedOver: 1,
	sent: 2,
	/** For good. */
	refused: 3,
	/** Never reached the provider, or the provider says so: goes again under the same id. */
	notTaken: 4,
	unknown: 5,
	/** Refused for now by an answer that named it: the id is used up, so it goes again as a new attempt. */
	again: 6,
	/** An earlier row of the batch has said it. */
	settledBefore: 9,
} as const;
