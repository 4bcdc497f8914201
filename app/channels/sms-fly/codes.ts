import type { CauseKey } from "../causes.ts";
import type { Receipt, RefusalKind, SendResult } from "../channel.ts";

const PAUSE_MS = 1_000;

type Meaning = [kind: RefusalKind, cause: CauseKey];

/** SMS-Fly's words for errors; from code of others that uses them, its own documents were not to be had. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
	FORBIDDEN: ["config", "provider_access"],
	INVKEY: ["config", "provider_access"],
	INSUFFICIENTFUNDS: ["balance", "provider_balance"],
	INVSOURCE: ["config", "sender_not_registered"],
	INVROUTE: ["number", "no_route"],
	INVRECIPIENT: ["number", "bad_number"],
	INVTEXT: ["content", "bad_content"],
	INVCHANNELS: ["content", "bad_request"],
	XMLERROR: ["content", "bad_request"],
	INVREQUEST: ["content", "bad_request"],
};

export function resultOfError(code: unknown): SendResult {
	const word = String(code).toUpperCase();
	if (word === "LIMIT") return { type: "throttled", retryAfterMs: PAUSE_MS, cause: "throttled" };
	// Said by a server that failed at whatever it was doing.
	if (word === "SYSERR" || word === "INTERNAL") return { type: "unknown", cause: "provider_error_5xx" };
	const known = Object.hasOwn(MEANINGS, word) ? MEANINGS[word] : undefined;
	const [kind, cause] = known ?? (["content", "unspecified"] as const);
	return { type: "refused", kind, permanent: kind !== "config" && kind !== "balance", cause };
}

const STATES: Readonly<Record<string, Receipt["state"]>> = {
	ACCEPTD: "handed_over",
	PENDING: "handed_over",
	MODERATION: "handed_over",
	INPROGRESS: "handed_over",
	SENT: "sent",
	DELIVRD: "delivered",
	VIEWED: "read",
	EXPIRED: "expired",
	UNDELIV: "failed",
	ERROR: "failed",
	// Their spelling.
	STOPED: "rejected",
	INSUFFICIENTFUNDS: "rejected",
	RESERVED: "rejected",
	REFUND: "rejected",
};

const CAUSES_OF: Readonly<Record<string, CauseKey>> = {
	EXPIRED: "expired",
	UNDELIV: "unreachable",
	ERROR: "provider_fault",
	INSUFFICIENTFUNDS: "provider_balance",
};

/** Undefined for a word that is not known. */
export function stateOfStatus(status: unknown): Pick<Receipt, "state" | "cause"> | undefined {
	const word = String(status).toUpperCase();
	const state = Object.hasOwn(STATES, word) ? STATES[word] : undefined;
	if (!state) return undefined;
	if (state !== "failed" && state !== "rejected" && state !== "expired") return { state };
	return { state, cause: (Object.hasOwn(CAUSES_OF, word) && CAUSES_OF[word]) || "unspecified" };
}
