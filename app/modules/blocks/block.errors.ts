/** The block was set for an account above the actor's: only there, or above, it is lifted or changed. */
export class BlockFromAboveError extends Error {
	override name = "BlockFromAboveError";
}
