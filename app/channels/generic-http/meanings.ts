import { CAUSES, type CauseKey } from "../causes.ts";
import type { Receipt, RefusalKind, SendResult } from "../channel.ts";

/** What stands for every word that is not named. */
const ANY = "*";
const PAUSE_SECONDS = 1;
const PAUSE_SECONDS_MAX = 3_600;

const STATES = ["handed_over", "sent", "delivered", "read", "failed", "expired", "rejected"] as const;

/** By the provider's word, in small letters. */
export type Meanings<T> = ReadonlyMap<string, T>;
export type StateMeaning = Pick<Receipt, "state" | "cause">;

export class MeaninglessLineError extends Error {
	override name = "MeaninglessLineError";
	readonly line: string;
	constructor(line: string) {
		super(`means nothing: ${line}`);
		this.line = line;
	}
}

/**
 * Lines of `word = accepted`, `word = throttled 30` (seconds) or `word = <cause>`; `*` is every other word.
 *
 * @throws MeaninglessLineError
 */
export function parseAnswerMeanings(text: string): Meanings<SendResult> {
	return readLines(text, (meaning, more) => {
		if (meaning === "accepted") return more ? undefined : { type: "accepted", state: "handed_over" };
		if (!isCause(meaning) || (more && !(isTransient(meaning) && /^\d{1,4}$/.test(more)))) return undefined;
		if (!isTransient(meaning)) return refusalFor(meaning);
		const seconds = Math.min(Math.max(Number(more || PAUSE_SECONDS), 0.1), PAUSE_SECONDS_MAX);
		return { type: "throttled", retryAfterMs: seconds * 1000, cause: meaning };
	});
}

/**
 * Lines of `word = <state>` or `word = <state> <cause>`.
 *
 * @throws MeaninglessLineError
 */
export function parseStateMeanings(text: string): Meanings<StateMeaning> {
	return readLines(text, (meaning, more) => {
		const state = STATES.find((one) => one === meaning);
		if (!state || (more && !isCause(more))) return undefined;
		return more ? { state, cause: more as CauseKey } : { state };
	});
}

/** What is said of this very word. */
export function meaningOf<T>(meanings: Meanings<T>, word: string): T | undefined {
	return meanings.get(word.toLowerCase());
}

/** What is said of every word that nothing is said of. */
export function meaningOfOthers<T>(meanings: Meanings<T>): T | undefined {
	return meanings.get(ANY);
}

function readLines<T>(text: string, read: (meaning: string, more: string) => T | undefined): Meanings<T> {
	const meanings = new Map<string, T>();
	for (const line of text.split(/\r?\n/).map((one) => one.trim())) {
		if (line === "") continue;
		const [, word, meaning, more = ""] = /^(.*\S)\s*=\s*([a-z0-9_]+)(?:\s+([a-z0-9_]+))?$/.exec(line) ?? [];
		const told = word && meaning ? read(meaning, more) : undefined;
		if (!told || !word) throw new MeaninglessLineError(line);
		meanings.set(word.toLowerCase(), told);
	}
	return meanings;
}

function isCause(word: string): word is CauseKey {
	return Object.hasOwn(CAUSES, word);
}

/** Causes that are about the moment. */
function isTransient(cause: CauseKey): boolean {
	return cause === "throttled" || cause === "provider_fault";
}

const KINDS: Partial<Record<CauseKey, RefusalKind>> = {
	blocked_by_recipient: "consent",
	on_stop_list: "consent",
	bad_content: "content",
	text_too_long: "content",
	template_mismatch: "content",
	session_closed: "content",
	media_trouble: "content",
	bad_request: "content",
	duplicate: "duplicate",
	provider_balance: "balance",
	provider_access: "config",
	sender_not_registered: "config",
};

function refusalFor(cause: CauseKey): SendResult {
	const kind = KINDS[cause] ?? "number";
	return { type: "refused", kind, permanent: kind !== "balance" && kind !== "config", cause };
}
