/** Unknown login or wrong password: which of the two is told to nobody. */
export class WrongCredentialsError extends Error {
	override name = "WrongCredentialsError";
}

/** The password was right, and the account, or one above it, is blocked or closed. */
export class AccountBlockedError extends Error {
	override name = "AccountBlockedError";
}

/** Too many tries for this login, or from this address. */
export class TooManyTriesError extends Error {
	override name = "TooManyTriesError";
	readonly of: "login" | "address";
	/** Tries in a window. */
	readonly limit: number;
	readonly retryAfterMs: number;
	constructor(of: "login" | "address", limit: number, retryAfterMs: number) {
		super(`more than ${limit} tries to sign in by ${of}`);
		this.of = of;
		this.limit = limit;
		this.retryAfterMs = retryAfterMs;
	}
}
