import { issue } from "#app/lib/issue.ts";
import { TRIES_WINDOW_MS } from "./count-try.server.ts";
import type { ShownBlock } from "./shown-block.server.ts";
import { AccountBlockedError, TooManyTriesError, WrongCredentialsError } from "./sign-in.errors.ts";

export interface SignInTrouble {
	issue: string;
	status: number;
	headers?: Record<string, string>;
	/** Why, in the words of whoever blocked the account. */
	block?: ShownBlock | undefined;
}

/** What a page answers to a sign-in that failed; errors that are not the visitor's go on. */
export function signInTrouble(error: unknown): SignInTrouble {
	if (error instanceof WrongCredentialsError) return { issue: "auth:error.wrong", status: 422 };
	if (error instanceof AccountBlockedError) return { issue: "auth:error.blocked", status: 403, block: error.block };
	if (error instanceof TooManyTriesError) {
		const values = {
			limit: error.limit,
			window: TRIES_WINDOW_MS / 60_000,
			count: Math.max(1, Math.ceil(error.retryAfterMs / 60_000)),
		};
		const headers = { "Retry-After": String(Math.ceil(error.retryAfterMs / 1000)) };
		return { issue: issue(`auth:error.tries_${error.of}`, values), status: 429, headers };
	}
	throw error;
}
