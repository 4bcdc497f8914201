import type { AccountKind } from "#app/modules/access/actor.ts";

/** The tree would become deeper than DEPTH_MAX. */
export class TooDeepError extends Error {
	override name = "TooDeepError";
}

/** The account does not exist, or not for this actor: the two are told apart by nobody. */
export class AccountNotFoundError extends Error {
	override name = "AccountNotFoundError";
}

/** No account can be made below this one: it is a client, or it or one above it is closed. */
export class UnfitParentError extends Error {
	override name = "UnfitParentError";
	readonly because: "client" | "closed";
	constructor(because: "client" | "closed") {
		super(`no account can be made below one that is ${because}`);
		this.because = because;
	}
}

/** Somebody changed the account after the page was made. */
export class StaleAccountError extends Error {
	override name = "StaleAccountError";
	/** As it is now. */
	readonly version: number;
	constructor(version: number) {
		super(`the account's version is ${version} now`);
		this.version = version;
	}
}

/** What was asked for is not done to an account in this state (its own, or that of one above it). */
export class AccountStateError extends Error {
	override name = "AccountStateError";
	readonly state: "blocked" | "closed";
	constructor(state: "blocked" | "closed") {
		super(`not possible while the account is ${state}`);
		this.state = state;
	}
}

/** The account is of this kind already, or can never change its kind. */
export class AccountKindError extends Error {
	override name = "AccountKindError";
	readonly kind: AccountKind;
	constructor(kind: AccountKind) {
		super(`the account is a ${kind}`);
		this.kind = kind;
	}
}

/** Accounts that are not closed stand below it. */
export class HasBranchError extends Error {
	override name = "HasBranchError";
}

/** The account has this sender name already. */
export class SenderTakenError extends Error {
	override name = "SenderTakenError";
}

/** More sender names of one channel than SENDERS_MAX. */
export class TooManySendersError extends Error {
	override name = "TooManySendersError";
}
