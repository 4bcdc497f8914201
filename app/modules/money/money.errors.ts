/** More than there is to give. Nothing has moved. */
export class NotEnoughError extends Error {
	override name = "NotEnoughError";
	/** What could be given at most; at or above zero. */
	readonly hasMicros: number;
	constructor(hasMicros: number) {
		super(`at most ${hasMicros} micro-units can be given`);
		this.hasMicros = hasMicros;
	}
}

/** There is nothing above zero to give back. */
export class NothingToZeroError extends Error {
	override name = "NothingToZeroError";
}

/** A credit limit that what is owed already goes beyond. */
export class CreditBelowDebtError extends Error {
	override name = "CreditBelowDebtError";
	/** How far below zero the account is; above zero. */
	readonly debtMicros: number;
	constructor(debtMicros: number) {
		super(`the account is ${debtMicros} micro-units below zero`);
		this.debtMicros = debtMicros;
	}
}

/** A dealer would let the accounts below it owe more than it has itself. */
export class CreditNotCoveredError extends Error {
	override name = "CreditNotCoveredError";
	/** The highest limit that it could give now; at or above zero. */
	readonly mostMicros: number;
	constructor(mostMicros: number) {
		super(`a limit of ${mostMicros} micro-units at most is covered`);
		this.mostMicros = mostMicros;
	}
}

/** The balance would become larger than the books hold exactly. */
export class TooMuchError extends Error {
	override name = "TooMuchError";
}

/** The last proof of the books failed: nothing is paid out until one is clean. */
export class BooksInDoubtError extends Error {
	override name = "BooksInDoubtError";
}
