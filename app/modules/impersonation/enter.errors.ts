/** A closed account's cabinet is entered by nobody. */
export class AccountClosedError extends Error {
	override name = "AccountClosedError";
}

/** Nobody owns the account just now, so there is nobody to act as. */
export class NoOwnerError extends Error {
	override name = "NoOwnerError";
}

/** The session has entered or left a cabinet since the request began. */
export class ElsewhereMeanwhileError extends Error {
	override name = "ElsewhereMeanwhileError";
}
