/** No code of the person's, or one that has served already. */
export class WrongCodeError extends Error {
	override name = "WrongCodeError";
}

/** The set-up was begun too long ago, by somebody else, or another one was finished meanwhile. */
export class StaleSetUpError extends Error {
	override name = "StaleSetUpError";
}

/** The second step of a sign-in came too late, or there was no first one. */
export class SignInExpiredError extends Error {
	override name = "SignInExpiredError";
}

/** The account, or one above it, demands a second factor: it cannot be switched off. */
export class SecondFactorDemandedError extends Error {
	override name = "SecondFactorDemandedError";
}

/** An account above demanded it: only from there can the demand be lifted. */
export class DemandFromAboveError extends Error {
	override name = "DemandFromAboveError";
}

/** Nobody of the account with this login has a second factor that could be taken away. */
export class NoSecondFactorError extends Error {
	override name = "NoSecondFactorError";
}
