/** There is a fee for the same in some of these months already. */
export class FeeOverlapError extends Error {
	override name = "FeeOverlapError";
}

/** The account may not write under this sender name: nothing to take a fee for. */
export class FeeSubjectError extends Error {
	override name = "FeeSubjectError";
}

/** Not there for this actor, or over. */
export class FeeNotFoundError extends Error {
	override name = "FeeNotFoundError";
}

/** A month meanwhile charged cannot be the one after the last. */
export class FeeMonthError extends Error {
	override name = "FeeMonthError";
}

/** An account has so many of them already. */
export class TooManyFeesError extends Error {
	override name = "TooManyFeesError";
}
