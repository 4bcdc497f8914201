import type { CauseKey } from "../../causes.ts";
import type { SendResult } from "../../channel.ts";
import { UNREADABLE } from "../../http-results.ts";

/** Ids within Infobip's status groups that decide something; sources: the OpenAPI 3.210.0 and its page of status codes. */
export const STATUS = {
	deliveredToOperator: 2,
	waitingDelivery: 3,
	enroute: 7,
	duplicateId: 23,
} as const;

/** A flood filter counts over seconds: an earlier try only feeds it. */
const FLOODING_PAUSE_MS = 5_000;
const SYSTEM_ERROR_PAUSE_MS = 1_000;

/** Look-up by an id as it came over the wire: whatever is no number (a "constructor" too) is simply not known. */
export function byId<T>(table: Readonly<Record<number, T>>): (id: unknown) => T | undefined {
	return (id) => (typeof id === "number" ? table[id] : undefined);
}

/** The causes that go with status ids, in answers and in reports. */
export const causeOfStatus = byId<CauseKey>({
	4: "unreachable",
	6: "no_route",
	8: "bad_number",
	9: "unreachable",
	10: "blocked_by_recipient",
	11: "sender_not_registered",
	12: "provider_balance",
	13: "sender_not_registered",
	14: "on_stop_list",
	15: "expired",
	17: "provider_balance",
	18: "no_route",
	19: "no_route",
	20: "flooding",
	21: "provider_fault",
	23: "duplicate",
	24: "bad_content",
	25: "text_too_long",
	29: "no_receipt",
	31: "unreachable",
	51: "bad_number",
	52: "bad_number",
});

const refusedNumber = (cause: CauseKey): SendResult => ({ type: "refused", kind: "number", permanent: true, cause });
const refusedContent = (cause: CauseKey): SendResult => ({ type: "refused", kind: "content", permanent: true, cause });
const refusedConfig = (cause: CauseKey): SendResult => ({ type: "refused", kind: "config", permanent: false, cause });
const NO_CREDIT: SendResult = { type: "refused", kind: "balance", permanent: false, cause: "provider_balance" };

export const HANDED_OVER: SendResult = { type: "accepted", state: "handed_over" };
export const SENT: SendResult = { type: "accepted", state: "sent" };

/** What group 5 REJECTED means, by id, where it is more than "this number cannot be written to". */
const resultOfRejection = byId<SendResult>({
	10: { type: "refused", kind: "consent", permanent: true, cause: "blocked_by_recipient" },
	11: refusedConfig("sender_not_registered"),
	12: NO_CREDIT,
	13: refusedConfig("sender_not_registered"),
	14: { type: "refused", kind: "consent", permanent: true, cause: "on_stop_list" },
	17: NO_CREDIT,
	20: { type: "throttled", retryAfterMs: FLOODING_PAUSE_MS, cause: "flooding" },
	21: { type: "throttled", retryAfterMs: SYSTEM_ERROR_PAUSE_MS, cause: "provider_fault" },
	// Our ids are unique for ever: a repeated one means that our own earlier try was taken.
	23: HANDED_OVER,
	24: refusedContent("bad_content"),
	25: refusedContent("text_too_long"),
});

/** What one item of the answer to a send says. */
export function resultOfStatus(groupId: unknown, id: unknown): SendResult {
	switch (groupId) {
		case 0:
		case 1:
			return id === STATUS.waitingDelivery || id === STATUS.enroute ? SENT : HANDED_OVER;
		case 2:
		case 4:
			return refusedNumber(causeOfStatus(id) ?? "unspecified");
		case 3:
			return SENT;
		case 5:
			return resultOfRejection(id) ?? refusedNumber(causeOfStatus(id) ?? "unspecified");
		default:
			return UNREADABLE;
	}
}
