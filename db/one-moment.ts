import { AsyncLocalStorage } from "node:async_hooks";

/** One asker's reads that belong together. */
export interface Moment {
	/** What is read from now on is read for itself. */
	isOver: boolean;
}

// On globalThis: the Remix build and the server that loads it are two module graphs in one process, and must share this.
const shared = globalThis as unknown as { __moments?: AsyncLocalStorage<Moment> };
shared.__moments ??= new AsyncLocalStorage();
const moments = shared.__moments;

/**
 * All that `fn` and what it calls read from the books (readBooks) is of one moment, as long as nothing outside is waited for: one read transaction
 * for all loaders of a page instead of one for each of their calls. On LiteFS each costs two calls of the file system's locks. It ends with the turn
 * of the event loop, with a write of this process, when another asks, or by leaveMoment.
 */
export function atOneMoment<T>(fn: () => T): T {
	return moments.run({ isOver: false }, fn);
}

/** Of whoever asks now; undefined: its reads do not belong together, or no longer. */
export function momentNow(): Moment | undefined {
	const moment = moments.getStore();
	return moment?.isOver ? undefined : moment;
}
