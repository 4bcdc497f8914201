import type { CauseKey } from "./causes.ts";
import { type ProbeAnswer, type SendResult, type Transport, TransportError } from "./channel.ts";
import { retryAfterMsOf } from "./retry-after.ts";

const DEFAULT_PAUSE_MS = 1_000;
/** "Retry-After: 0" and dates just past are no leave to hammer. */
const SHORTEST_PAUSE_MS = 100;

export type HttpRequest = Parameters<Transport["request"]>[0];
export type HttpAnswer = Awaited<ReturnType<Transport["request"]>>;

export const UNREADABLE: SendResult = { type: "unknown", cause: "answer_unreadable" };

/** Makes a call; where there is no answer, what that means for everybody in it. Why: docs/decisions/010-outcomes.md. */
export async function callProvider(
	transport: Transport,
	request: HttpRequest,
): Promise<{ answer: HttpAnswer } | { failed: SendResult }> {
	try {
		return { answer: await transport.request(request) };
	} catch (error) {
		if (!(error instanceof TransportError)) throw error;
		if (error.surelyNotSent) return { failed: { type: "throttled", retryAfterMs: 1_000, cause: "not_reached" } };
		return { failed: { type: "unknown", cause: error.cause_ === "timeout" ? "call_timed_out" : "connection_broken" } };
	}
}

/** What an HTTP status means whoever the provider is; undefined where its body has to say it (2xx, 400, 409, 422 …). */
export function resultOfHttpStatus({
	status,
	headers,
}: Pick<HttpAnswer, "status" | "headers">): SendResult | undefined {
	if (status >= 200 && status < 300) return undefined;
	if (status === 429) {
		const askedFor = retryAfterMsOf(headers["retry-after"]) ?? DEFAULT_PAUSE_MS;
		return { type: "throttled", retryAfterMs: Math.max(askedFor, SHORTEST_PAUSE_MS), cause: "throttled" };
	}
	if (status >= 500) return { type: "unknown", cause: "provider_error_5xx" };
	if (status === 402) return { type: "refused", kind: "balance", permanent: false, cause: "provider_balance" };
	// Beside a wrong key: a wrong base URL, which redirects or knows no such path.
	if (status === 401 || status === 403 || status === 404 || status === 405 || (status >= 300 && status < 400))
		return { type: "refused", kind: "config", permanent: false, cause: "provider_access" };
	// 408 says that the request did not arrive whole, and proxies say it when they gave up waiting for the answer.
	if (status === 408) return { type: "unknown", cause: "call_timed_out" };
	return status >= 400 ? undefined : UNREADABLE;
}

/**
 * Makes a call that sends nothing, and says whether we were let in. `read` finds the balance in the body, or there why we are not
 * let in: some say it only there.
 */
export async function probeProvider(
	transport: Transport,
	request: HttpRequest,
	read: (body: string) => Extract<ProbeAnswer, { type: "well" }>["balance"] | { cause: CauseKey },
): Promise<ProbeAnswer> {
	const call = await callProvider(transport, request);
	const result = "failed" in call ? call.failed : resultOfHttpStatus(call.answer);
	if (result?.type === "refused") return { type: "refused", cause: result.cause };
	if (result && result.type !== "accepted") return { type: "unanswered", cause: result.cause };
	if ("failed" in call || call.answer.status >= 400) return { type: "unanswered", cause: "answer_unreadable" };
	try {
		const told = read(call.answer.body);
		if (told && "cause" in told) return { type: "refused", cause: told.cause };
		return told ? { type: "well", balance: told } : { type: "well" };
	} catch {
		return { type: "unanswered", cause: "answer_unreadable" };
	}
}

/** Why a result in a body lets nobody in. @throws Error for one that refuses nothing: then the body says nothing of that. */
export function causeOfRefusal(result: SendResult): { cause: CauseKey } {
	if (result.type !== "refused") throw new Error("not a refusal");
	return { cause: result.cause };
}

export type Fields = Record<string, unknown>;

export function isFields(value: unknown): value is Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A JSON object; undefined for whatever else a body may be. */
export function readJsonFields(body: string): Fields | undefined {
	try {
		const parsed: unknown = JSON.parse(body);
		return isFields(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

/**
 * The same, with whole numbers that JavaScript would round as the text they are: 64-bit ids come back as they were sent.
 * Where a body nests so deep that it cannot be gone through, undefined.
 */
export function readExactFields(body: string): Fields | undefined {
	try {
		const parsed: unknown = JSON.parse(body, exactly as (key: string, value: unknown) => unknown);
		return isFields(parsed) ? parsed : undefined;
	} catch {
		return undefined;
	}
}

function exactly(_key: string, value: unknown, context: { source?: string }): unknown {
	return typeof value === "number" && !Number.isSafeInteger(value) && /^-?\d+$/.test(context.source ?? "")
		? context.source
		: value;
}
