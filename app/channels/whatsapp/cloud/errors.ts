import type { CauseKey } from "../../causes.ts";
import type { RefusalKind, SendResult } from "../../channel.ts";

type Meaning =
	| { kind: RefusalKind; cause: CauseKey }
	/** Not taken, try again. `isPair`: it is about this person only. */
	| { kind: "later"; cause: CauseKey; pauseMs: number; isPair?: true }
	/** Meta itself does not know. */
	| { kind: "doubt"; cause: CauseKey };

const config = (cause: CauseKey): Meaning => ({ kind: "config", cause });
const content = (cause: CauseKey): Meaning => ({ kind: "content", cause });
const number = (cause: CauseKey): Meaning => ({ kind: "number", cause });
const later = (cause: CauseKey, pauseMs: number): Meaning => ({ kind: "later", cause, pauseMs });

/** Meta's codes, in answers and in callbacks. Source: its table of Cloud API error codes, v23.0, partly from memory. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
	0: config("provider_access"),
	1: { kind: "doubt", cause: "provider_fault" },
	2: later("provider_fault", 5_000),
	3: config("provider_access"),
	4: later("throttled", 5_000),
	10: config("provider_access"),
	33: config("provider_access"),
	100: content("bad_request"),
	190: config("provider_access"),
	368: config("provider_access"),
	80007: later("throttled", 5_000),
	130429: later("throttled", 1_000),
	130472: number("flooding"),
	131000: { kind: "doubt", cause: "provider_fault" },
	131005: config("provider_access"),
	131008: content("bad_request"),
	131009: content("bad_request"),
	131016: later("provider_fault", 5_000),
	131021: number("bad_number"),
	131026: number("not_on_channel"),
	131030: number("no_route"),
	131031: config("provider_access"),
	131042: { kind: "balance", cause: "provider_balance" },
	131047: content("session_closed"),
	// The number's quality is low: every further message makes it worse.
	131048: later("flooding", 60_000),
	// Meta's own cap on marketing for this person; a day must pass.
	131049: number("flooding"),
	131050: { kind: "consent", cause: "blocked_by_recipient" },
	131051: content("bad_request"),
	131052: content("media_trouble"),
	131053: content("media_trouble"),
	131056: { kind: "later", cause: "throttled", pauseMs: 6_000, isPair: true },
	// Of templates: what the admin has to mend in the settings or at Meta, and what lies in the words.
	132000: config("template_mismatch"),
	132001: config("template_mismatch"),
	132005: content("text_too_long"),
	132007: content("bad_content"),
	132012: config("template_mismatch"),
	132015: config("template_mismatch"),
	132016: config("template_mismatch"),
	133004: later("provider_fault", 5_000),
	133010: config("sender_not_registered"),
};

/** @param subcode 33: Meta knows no such phone number id, or our token may not use it. */
export function meaningOf(code: unknown, subcode?: unknown): Meaning | undefined {
	if (typeof code !== "number") return undefined;
	if (code === 100 && subcode === 33) return config("provider_access");
	if (code >= 200 && code <= 299) return config("provider_access");
	return Object.hasOwn(MEANINGS, code) ? MEANINGS[code] : undefined;
}

/** What a meaning comes to for the send that was answered so. */
export function resultOf(meaning: Meaning): SendResult {
	const { kind, cause } = meaning;
	if (kind === "later") return { type: "throttled", retryAfterMs: meaning.pauseMs, cause };
	if (kind === "doubt") return { type: "unknown", cause };
	return { type: "refused", kind, permanent: kind !== "config" && kind !== "balance", cause };
}
