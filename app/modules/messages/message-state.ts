/**
 * A message's states, as the integers that the books keep: the integer is the rank. A state only ever moves to a higher
 * class (`floorOf`), so receipts that come twice, late or in the wrong order change nothing; a failure may still become
 * delivered or read, because late success is real. The one way down is claimed → queued, by the holder of the claim, when
 * the message has surely not been handed over.
 */
export const MESSAGE_STATE = {
	queued: 0,
	/** Held by a worker: a call may be under way. Shown as queued. */
	claimed: 1,
	/** The provider has taken it. */
	handed_over: 10,
	/** The call's outcome is not known; never sent again blindly. */
	unknown: 15,
	sent: 20,
	cancelled: 30,
	rejected: 40,
	failed: 41,
	expired: 42,
	delivered: 50,
	read: 60,
} as const;

export type MessageState = keyof typeof MESSAGE_STATE;

const names = new Map<number, MessageState>(
	Object.entries(MESSAGE_STATE).map(([name, rank]) => [rank, name as MessageState]),
);

export function messageStateOf(rank: number): MessageState {
	const name = names.get(rank);
	if (!name) throw new RangeError(`no message state has the rank ${rank}`);
	return name;
}

/** The lowest rank of the class that a rank is in: rejected, failed and expired are one class, and the first of them stays. */
export function floorOf(rank: number): number {
	return rank >= MESSAGE_STATE.rejected && rank <= MESSAGE_STATE.expired ? MESSAGE_STATE.rejected : rank;
}

/** Whether a message in `from` moves to `to` when told so. */
export function moves(from: number, to: number): boolean {
	// A provider that now says "taken" about a call whose outcome was unknown settles it, although unknown ranks above.
	if (from === MESSAGE_STATE.unknown && to === MESSAGE_STATE.handed_over) return true;
	return from < floorOf(to);
}

/** Column of campaign_counters, by rank. */
export const COUNTER_COLUMN: Record<number, string> = {
	0: "queued",
	1: "claimed",
	10: "handed_over",
	15: "unknown",
	20: "sent",
	30: "cancelled",
	40: "rejected",
	41: "failed",
	42: "expired",
	50: "delivered",
	60: "read",
};
