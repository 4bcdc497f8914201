/** This node may not write the books now: answer 503 with Retry-After, or let the job be tried again. */
export class NotPrimaryError extends Error {
	override name = "NotPrimaryError";
}

/** The write lock was not had within 5 s: answer 503 with Retry-After, or let the job be tried again. */
export class BooksBusyError extends Error {
	override name = "BooksBusyError";
}

/** LiteFS is away or has nothing yet: this node cannot even read. Answer 503 with Retry-After. */
export class BooksAwayError extends Error {
	override name = "BooksAwayError";
}

/** The disk of the books is full: nothing is written until there is room. Answer 503 with Retry-After, or let the job be tried again. */
export class BooksFullError extends Error {
	override name = "BooksFullError";
}

/**
 * Committed, and nobody can tell whether it will stay: LiteFS went meanwhile, or another node has taken the books over. Answer 504; the same
 * operation, asked for again under the same key, finds what there is.
 */
export class OutcomeUnknownError extends Error {
	override name = "OutcomeUnknownError";
}
