import type { ShownBlock } from "./shown-block.server.ts";

/** Unknown login or wrong password: which of the two is told to nobody. */
export class WrongCredentialsError extends Error {
	override name = "WrongCredentialsError";
}

/** The password was right, and the account, or one above it, is blocked or closed. */
export class AccountBlockedError extends Error {
	override name = "AccountBlockedError";
	/** Undefined where it is not told again: the right password was given, and told of it, a moment ago. */
	readonly block: ShownBlock | undefined;
	constructor(block?: ShownBlock) {
		super("the account or one above it is blocked");
		this.block = block;
	}
}

/** Too many tries for this login, from this address, or at this person's codes. */
export class TooManyTriesError extends Error {
	override name = "TooManyTriesError";
	readonly of: "login" | "address" | "code";
	/** Tries in a window. */
	readonly limit: number;
	readonly retryAfterMs: number;
	/** The first try of the window that was refused. */
	readonly isFirst: boolean;
	constructor(of: TooManyTriesError["of"], limit: number, retryAfterMs: number, isFirst = false) {
		super(`more than ${limit} tries to sign in by ${of}`);
		this.isFirst = isFirst;
		this.of = of;
		this.limit = limit;
		this.retryAfterMs = retryAfterMs;
	}
}
