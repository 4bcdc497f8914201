/** The campaign has no such message. */
export class MessageNotFoundError extends Error {
	override name = "MessageNotFoundError";
}

/** No such callback in the wire: never come, or older than the wire keeps. */
export class CallbackNotFoundError extends Error {
	override name = "CallbackNotFoundError";
}
