import { StopLiftedError, StopNotFoundError } from "./stop.errors.ts";

export interface StopTrouble {
	issue: string;
	status: 409;
}

/**
 * What the page of an entry answers to an error.
 *
 * @throws Response 404 for what is not there for this actor; errors that are not the visitor's go on.
 */
export function stopTrouble(error: unknown): StopTrouble {
	if (error instanceof StopNotFoundError) throw new Response(null, { status: 404 });
	if (error instanceof StopLiftedError) return { issue: "stops:error.lifted", status: 409 };
	throw error;
}

/** `read`'s answer, or 404 where the entry is not there for this actor. */
export function stopOr404<T>(read: () => T): T {
	try {
		return read();
	} catch (error) {
		stopTrouble(error);
		throw error;
	}
}
