import type { CauseKey } from "../causes.ts";
import type { SendResult } from "../channel.ts";

const number = (cause: CauseKey): SendResult => ({ type: "refused", kind: "number", permanent: true, cause });
const content = (cause: CauseKey): SendResult => ({ type: "refused", kind: "content", permanent: true, cause });
const consent = (cause: CauseKey): SendResult => ({ type: "refused", kind: "consent", permanent: true, cause });
const config = (cause: CauseKey): SendResult => ({ type: "refused", kind: "config", permanent: false, cause });
const throttled: SendResult = { type: "throttled", retryAfterMs: 1_000, cause: "throttled" };

/** What Twilio's codes mean in the answer to a send. Source: its dictionary of errors, from memory. */
const RESULTS: Readonly<Record<string, SendResult>> = {
	14107: throttled,
	20003: config("provider_access"),
	20404: config("provider_access"),
	20429: throttled,
	21211: number("bad_number"),
	21212: config("sender_not_registered"),
	21214: number("bad_number"),
	21408: number("no_route"),
	21602: content("bad_content"),
	21606: config("sender_not_registered"),
	21610: consent("blocked_by_recipient"),
	21612: number("no_route"),
	21614: number("bad_number"),
	21617: content("text_too_long"),
	21623: content("media_trouble"),
	30002: config("provider_access"),
	30022: throttled,
	63018: throttled,
};

/** What they mean in a callback: the cause, and whether the message was rejected rather than failed. */
const CAUSES_LATER: Readonly<Record<string, CauseKey>> = {
	30001: "flooding",
	30002: "provider_access",
	30003: "unreachable",
	30004: "blocked_by_recipient",
	30005: "bad_number",
	30006: "unsupported_device",
	30007: "bad_content",
	30008: "unspecified",
	30034: "sender_not_registered",
	30036: "expired",
	63016: "session_closed",
	63024: "bad_number",
	63032: "flooding",
	63049: "flooding",
};

const REJECTIONS = new Set(["30004", "30007", "30034", "63016", "63024"]);

export function resultOfCode(code: unknown): SendResult | undefined {
	return Object.hasOwn(RESULTS, String(code)) ? RESULTS[String(code)] : undefined;
}

/** @param code "" where the callback names none. */
export function causeOfCode(code: string): { cause: CauseKey; isRejection: boolean } {
	const sent = resultOfCode(code);
	const ofSend = sent && "cause" in sent ? sent.cause : undefined;
	const later = Object.hasOwn(CAUSES_LATER, code) ? CAUSES_LATER[code] : undefined;
	return { cause: later ?? ofSend ?? "unspecified", isRejection: REJECTIONS.has(code) || /^21\d{3}$/.test(code) };
}
