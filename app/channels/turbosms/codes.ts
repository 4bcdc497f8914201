import type { CauseKey } from "../causes.ts";
import type { RefusalKind, SendResult } from "../channel.ts";

/** Codes of the envelope with which `response_result` lists the recipients. */
const LISTED = new Set([0, 507, 800, 801, 802, 803]);
/** Of a recipient that was taken. */
const TAKEN = new Set([0, 800, 801]);

const PAUSE_MS = 1_000;

type Meaning = [kind: RefusalKind, cause: CauseKey];

/** TurboSMS's codes; source: two unofficial SDKs that copy its own table. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
	103: ["config", "provider_access"],
	104: ["content", "bad_request"],
	105: ["config", "provider_access"],
	106: ["config", "provider_access"],
	200: ["config", "sender_not_registered"],
	201: ["content", "bad_content"],
	202: ["number", "bad_number"],
	203: ["balance", "provider_balance"],
	204: ["content", "bad_content"],
	205: ["content", "bad_content"],
	206: ["content", "bad_content"],
	300: ["content", "bad_request"],
	301: ["config", "provider_access"],
	302: ["config", "sender_not_registered"],
	303: ["content", "bad_request"],
	304: ["content", "bad_content"],
	305: ["number", "bad_number"],
	306: ["content", "bad_request"],
	400: ["config", "sender_not_registered"],
	401: ["config", "sender_not_registered"],
	402: ["content", "media_trouble"],
	403: ["content", "bad_request"],
	404: ["consent", "on_stop_list"],
	405: ["content", "bad_request"],
	406: ["number", "no_route"],
	407: ["duplicate", "duplicate"],
	408: ["content", "text_too_long"],
	409: ["content", "bad_request"],
	410: ["content", "template_mismatch"],
	411: ["content", "bad_request"],
	412: ["content", "bad_content"],
	413: ["content", "text_too_long"],
	415: ["config", "sender_not_registered"],
	502: ["content", "bad_request"],
	505: ["content", "media_trouble"],
};

export function hasList(code: unknown): boolean {
	return LISTED.has(Number(code));
}

export function isTaken(code: unknown): boolean {
	return TAKEN.has(Number(code));
}

/**
 * What a code means for whoever it is said of.
 *
 * @param recipients how many it is said of: one bad number may spoil a call, so that only of a single one it is for good.
 */
export function resultOfCode(code: unknown, recipients: number): SendResult {
	if (code === 503 || code === 504) return { type: "throttled", retryAfterMs: PAUSE_MS, cause: "provider_fault" };
	const meaning = typeof code === "number" ? MEANINGS[code] : undefined;
	// 500, 501 and 999 are said by a server that failed at whatever it was doing; it may have sent before.
	if (!meaning) return { type: "unknown", cause: code === 507 ? "duplicate" : "provider_error_5xx" };
	const [kind, cause] = meaning;
	const isMendable = kind === "config" || kind === "balance" || code === 505;
	return { type: "refused", kind, permanent: !isMendable && recipients === 1, cause };
}
