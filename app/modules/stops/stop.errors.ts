/** There is no such entry on the actor's own list: whose it is otherwise is told to nobody. */
export class StopNotFoundError extends Error {
	override name = "StopNotFoundError";
}

/** Somebody has taken the entry back already. */
export class StopLiftedError extends Error {
	override name = "StopLiftedError";
}
