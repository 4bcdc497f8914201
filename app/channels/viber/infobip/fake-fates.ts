import type { CauseKey } from "../../causes.ts";
import type { Receipt } from "../../channel.ts";
import type { Cue, Quirk } from "../../fake/script.ts";

/** What the fake does with a message to a number, and what must come of it. Decided by the number's digits alone. */
export interface Fate {
	/** The status id in the answer to the send; 26 is PENDING_ACCEPTED. */
	answer: number;
	/** So only at the first try to this number; then accepted. */
	isOnce?: true;
	/** The whole call's misfortune, at the first call that holds this number unless it lasts. */
	call?: Omit<Cue, "times">;
	isCallLasting?: true;
	/** Status id of the delivery report, with its error code; none: never reported, nor in the log. */
	report?: number;
	error?: number;
	isSeen?: true;
	quirk?: Quirk;
	/** `isWritten`: whether the person is written to at all. `queued`: the campaign has to stop. */
	expected: { isWritten: boolean; state: Receipt["state"] | "queued"; cause?: CauseKey };
}

const ACCEPTED = 26;
const DELIVERED = 5;

const read: Fate = { answer: ACCEPTED, report: DELIVERED, isSeen: true, expected: { isWritten: true, state: "read" } };
const delivered: Fate = { answer: ACCEPTED, report: DELIVERED, expected: { isWritten: true, state: "delivered" } };

/** Taken, then reported otherwise than delivered. */
function reported(report: number, state: Receipt["state"], cause?: CauseKey, error?: number): Fate {
	return { answer: ACCEPTED, report, error, expected: { isWritten: true, state, cause } };
}

function refused(answer: number, cause: CauseKey): Fate {
	return { answer, expected: { isWritten: false, state: "rejected", cause } };
}

const NOT_DELIVERED = 9;
const EXPIRED = 15;

/** Beside the cues: of 100 numbers about 60 read it, 34 more get it, the rest fail in the usual ways. */
const bands: readonly [upTo: number, fate: Fate][] = [
	[60, read],
	[94, delivered],
	[97, reported(NOT_DELIVERED, "failed", "not_on_channel", 7002)],
	[98, reported(NOT_DELIVERED, "failed", "blocked_by_recipient", 7003)],
	[99, reported(EXPIRED, "expired", "expired")],
	[100, reported(NOT_DELIVERED, "failed", "unreachable")],
];

/** By the number's last six digits; the table for people is in docs/simulator.md. */
export const CUES: Readonly<Record<string, Fate>> = {
	// 9900nn: status nn in the answer …
	"990006": refused(6, "no_route"),
	"990008": refused(8, "bad_number"),
	"990012": { answer: 12, expected: { isWritten: false, state: "queued", cause: "provider_balance" } },
	"990013": { answer: 13, expected: { isWritten: false, state: "queued", cause: "sender_not_registered" } },
	"990014": refused(14, "on_stop_list"),
	"990019": refused(19, "no_route"),
	"990020": { ...read, answer: 20, isOnce: true },
	"990021": { ...read, answer: 21, isOnce: true },
	"990023": { ...read, answer: 23 },
	"990025": refused(25, "text_too_long"),
	"990052": refused(52, "bad_number"),
	// … or in the report
	"990002": reported(2, "sent"),
	"990004": reported(4, "failed", "unreachable"),
	"990009": reported(NOT_DELIVERED, "failed", "unreachable"),
	"990015": reported(EXPIRED, "expired", "expired"),
	"990029": reported(29, "expired", "no_receipt"),
	// 991nnn: receipts
	"991000": delivered,
	"991001": read,
	"991002": { answer: ACCEPTED, quirk: "never", expected: { isWritten: true, state: "handed_over" } },
	"991003": { ...read, quirk: "doubled" },
	"991004": { ...read, quirk: "reversed" },
	"991005": { ...read, quirk: "late" },
	"991006": { ...read, quirk: "early" },
	"991007": { ...read, quirk: "rubbish" },
	"991008": { ...read, quirk: "late-success" },
	// 992nnn: the whole call
	"992400": { ...refused(ACCEPTED, "bad_number"), call: { do: "bad-request" }, isCallLasting: true },
	"992401": { ...refused(ACCEPTED, "bad_request"), call: { do: "bad-request", isOldShape: true }, isCallLasting: true },
	"992408": { ...read, call: { do: "never-answer" } },
	"992409": { ...read, call: { do: "take-then-hang" } },
	"992429": { ...read, call: { do: "throttle", retryAfter: "1" } },
	"992444": { ...read, call: { do: "close" } },
	"992445": { ...read, call: { do: "take-then-close-half-way" } },
	"992446": { ...read, call: { do: "take-then-rubbish" } },
	"992500": { ...read, call: { do: "error" } },
	"992501": { ...read, call: { do: "take-then-error" } },
	// 997nnn: the chat error code 7nnn, by report
	"997002": reported(NOT_DELIVERED, "failed", "not_on_channel", 7002),
	"997003": reported(NOT_DELIVERED, "failed", "blocked_by_recipient", 7003),
	"997006": reported(4, "failed", "bad_content", 7006),
	"997009": reported(4, "failed", "template_mismatch", 7009),
	"997010": reported(4, "failed", "session_closed", 7010),
	"997017": reported(4, "failed", "throttled", 7017),
	"997034": reported(4, "failed", "sender_not_registered", 7034),
	"997050": reported(4, "failed", "provider_fault", 7050),
	"997201": reported(NOT_DELIVERED, "failed", "unsupported_device", 7201),
};

/** With or without the plus. */
export function fateOf(number: string): Fate {
	const end = number.length - 6;
	// Every cue begins with 99: most numbers need no look at the table.
	if (end >= 0 && number.charCodeAt(end) === 57 && number.charCodeAt(end + 1) === 57) {
		const cue = CUES[number.slice(end)];
		if (cue) return cue;
	}
	const band = percentOf(number);
	return bands.find(([upTo]) => band < upTo)![1];
}

/** What must come of a message to this number where the platform does everything right and is given the time. */
export function expectedFate(number: string): Fate["expected"] {
	return fateOf(number).expected;
}

/** 0 … 99, spread evenly over neighbouring numbers too (FNV-1a, mixed once more). */
function percentOf(number: string): number {
	let hash = 0x811c9dc5;
	for (let i = number.charCodeAt(0) === 43 ? 1 : 0; i < number.length; i++) {
		hash = Math.imul(hash ^ number.charCodeAt(i), 0x01000193);
	}
	hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
	return ((hash ^ (hash >>> 13)) >>> 0) % 100;
}
