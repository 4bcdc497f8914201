import type { CauseKey } from "../../causes.ts";
import type { RefusalKind, SendResult } from "../../channel.ts";

const PAUSE_MS = 1_000;

type Meaning = [kind: RefusalKind, cause: CauseKey];

/** Viber's statuses; source: its SDKs. */
const MEANINGS: Readonly<Record<number, Meaning>> = {
	1: ["config", "provider_access"],
	2: ["config", "provider_access"],
	3: ["content", "bad_request"],
	4: ["content", "bad_request"],
	5: ["number", "not_on_channel"],
	6: ["consent", "blocked_by_recipient"],
	7: ["config", "provider_access"],
	8: ["config", "provider_access"],
	9: ["config", "provider_access"],
	10: ["config", "provider_access"],
	11: ["number", "unsupported_device"],
	13: ["number", "unsupported_device"],
	15: ["config", "provider_access"],
	19: ["config", "provider_access"],
	20: ["config", "provider_access"],
};

/** What a status of the whole answer means for all of the call; not for 0. */
export function resultOfStatus(status: unknown, recipients: number): SendResult {
	if (status === 12) return { type: "throttled", retryAfterMs: PAUSE_MS, cause: "throttled" };
	const meaning = typeof status === "number" ? MEANINGS[status] : undefined;
	// A general error: whatever it was doing, it may have sent before.
	if (!meaning) return { type: "unknown", cause: "provider_error_5xx" };
	const [kind, cause] = meaning;
	return { type: "refused", kind, permanent: kind !== "config" && recipients === 1, cause };
}

/** What the status of one who stands on the list of the failed means. */
export function resultOfFailed(status: unknown): SendResult {
	const result = resultOfStatus(status, 1);
	return result.type === "unknown" ? { type: "throttled", retryAfterMs: PAUSE_MS, cause: "provider_fault" } : result;
}
