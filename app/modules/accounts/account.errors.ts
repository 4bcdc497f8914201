/** The tree would become deeper than DEPTH_MAX. */
export class TooDeepError extends Error {
	override name = "TooDeepError";
}

/** The account does not exist, or not for this actor: the two are told apart by nobody. */
export class AccountNotFoundError extends Error {
	override name = "AccountNotFoundError";
}
