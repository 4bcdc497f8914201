import { CAUSES } from "#app/channels/causes.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";

/** What the first leg may have come to for the second to go out at once. */
export const FALLBACK_REASONS = ["not_on_channel", "failed", "expired", "rejected"] as const;
export type FallbackReason = (typeof FALLBACK_REASONS)[number];

export interface FallbackRule {
	/** Not delivered so long after it was handed over; null: time alone does not matter. */
	afterSeconds: number | null;
	reasons: readonly FallbackReason[];
}

/** A first leg's message as the books have it; times are unix seconds. */
export interface FirstMessage {
	/** Rank of MESSAGE_STATE. */
	state: number;
	/** Number of CAUSES. */
	cause: number | null;
	handedAt: number | null;
	sentAt: number | null;
	hasFallback: boolean;
}

/**
 * So long after the hand-over a status can still be heard: a day that a message is good for, and six hours in which providers close
 * their books. After it nothing but a delivery is expected.
 */
export const WATCH_SECONDS = 30 * 3600;

/** Nobody is written to by another way who asked not to be, whose number does not exist, or who has had this message before. */
const NEVER_AGAIN = new Set<number | null>([
	CAUSES.on_stop_list,
	CAUSES.blocked_by_recipient,
	CAUSES.bad_number,
	CAUSES.duplicate,
	CAUSES.balance_short,
]);
const NOT_ON_CHANNEL = new Set<number | null>([CAUSES.not_on_channel, CAUSES.unsupported_device]);

export const NEVER = Number.POSITIVE_INFINITY;

/**
 * The moment (unix seconds) at which a person is due for the second leg, as far as is known now: past or now, they are; NEVER, they
 * will not be, whatever comes. A moment ahead is when to look again, unless something is heard before.
 *
 * @param startedAt of the first leg: counts for what was refused without having been handed over.
 */
export function dueAt(rule: FallbackRule, message: FirstMessage, now: number, startedAt: number): number {
	const { state, cause, handedAt, sentAt, hasFallback } = message;
	if (hasFallback || state === MESSAGE_STATE.cancelled || state >= MESSAGE_STATE.delivered) return NEVER;
	if (state < MESSAGE_STATE.handed_over) return now + (rule.afterSeconds ?? WATCH_SECONDS);
	const since = handedAt ?? sentAt ?? startedAt;
	const byTime = rule.afterSeconds === null ? NEVER : since + rule.afterSeconds;
	if (state >= MESSAGE_STATE.rejected) {
		if (NEVER_AGAIN.has(cause)) return NEVER;
		const reason = reasonOf(state, cause);
		return reason && rule.reasons.includes(reason) ? now : byTime;
	}
	if (rule.afterSeconds !== null) return byTime;
	return since + WATCH_SECONDS > now ? since + WATCH_SECONDS : NEVER;
}

/** Null: nobody knows what became of it, so only time can tell. */
function reasonOf(state: number, cause: number | null): FallbackReason | null {
	if (cause === CAUSES.no_receipt) return null;
	if (NOT_ON_CHANNEL.has(cause)) return "not_on_channel";
	if (state === MESSAGE_STATE.rejected) return "rejected";
	return state === MESSAGE_STATE.expired ? "expired" : "failed";
}
