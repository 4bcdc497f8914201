/**
 * The one dictionary of causes over all providers: key → the integer that the books keep. Numbers are never reused.
 * What each means and what to do is said in locales under `causes:<key>`.
 */
export const CAUSES = {
	// the person
	not_on_channel: 1,
	blocked_by_recipient: 2,
	bad_number: 3,
	unsupported_device: 4,
	unreachable: 5,
	on_stop_list: 6,
	// the content and the sender
	bad_content: 20,
	text_too_long: 21,
	template_mismatch: 22,
	session_closed: 23,
	media_trouble: 24,
	sender_not_registered: 25,
	// the way
	no_route: 40,
	flooding: 41,
	duplicate: 42,
	provider_fault: 43,
	provider_balance: 44,
	provider_access: 45,
	throttled: 46,
	bad_request: 47,
	/** The balance did not cover it when the campaign began. */
	balance_short: 48,
	/** Of a campaign that cannot begin: someone has no price, or a dealer above does not cover what it loses. */
	price_missing: 49,
	dealer_short: 50,
	// the call
	call_timed_out: 60,
	connection_broken: 61,
	provider_error_5xx: 62,
	answer_unreadable: 63,
	process_died: 64,
	not_reached: 65,
	// time
	expired: 80,
	no_receipt: 81,
	unspecified: 99,
} as const;

export type CauseKey = keyof typeof CAUSES;

const keys = new Map<number, CauseKey>(Object.entries(CAUSES).map(([key, number]) => [number, key as CauseKey]));

export function causeKeyOf(number: number): CauseKey {
	return keys.get(number) ?? "unspecified";
}
