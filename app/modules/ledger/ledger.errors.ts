import type { BookKind } from "./transfer.ts";

/** The money is not there: it would bring the book below its limit by so much. Nothing has moved. */
export class InsufficientFundsError extends Error {
	override name = "InsufficientFundsError";
	readonly accountId: number;
	readonly book: BookKind;
	/** Micro-units; above zero. */
	readonly missingMicros: number;

	constructor(accountId: number, book: BookKind, missingMicros: number) {
		super(`${missingMicros} micro-units are missing in ${book} of account ${accountId}`);
		this.accountId = accountId;
		this.book = book;
		this.missingMicros = missingMicros;
	}
}

/** The operation's key was used before, for something else. Nothing has moved. */
export class OpReusedError extends Error {
	override name = "OpReusedError";
}

/** A fault of the caller: postings that do not sum to zero, or are no whole micro-units. */
export class UnbalancedTransferError extends Error {
	override name = "UnbalancedTransferError";
}
