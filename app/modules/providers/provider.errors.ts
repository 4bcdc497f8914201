/** The provider does not exist, or not for this actor. */
export class ProviderNotFoundError extends Error {
	override name = "ProviderNotFoundError";
}

/** As many providers as an installation may have are active already. */
export class TooManyActiveError extends Error {
	override name = "TooManyActiveError";
}

/** Another provider has the name. */
export class ProviderNameTakenError extends Error {
	override name = "ProviderNameTakenError";
}

/** Somebody else has changed it since the page was shown. */
export class StaleProviderError extends Error {
	override name = "StaleProviderError";
}
