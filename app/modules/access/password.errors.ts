/** The new password cannot be taken; its message is an issue, which says why. */
export class PasswordFlawError extends Error {
	override name = "PasswordFlawError";
}
