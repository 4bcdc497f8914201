/** The profile was changed elsewhere since the page with the form was made. */
export class ProfileChangedError extends Error {
	override name = "ProfileChangedError";
}

/** The bytes are no picture that can be taken; its message is an issue, which says why. */
export class BadPictureError extends Error {
	override name = "BadPictureError";
}
