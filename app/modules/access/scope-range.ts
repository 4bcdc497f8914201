import type { Actor } from "./actor.ts";

/**
 * The actor's scope as a range of account paths: `path >= from AND path < to` holds for the account acted for and everything
 * below it. A range rather than LIKE, because the index on the path serves it.
 */
export function scopeRange(actor: Actor): { from: string; to: string } {
	const { path } = actor.account;
	// "0" is the character after "/": "/1/7/" … "/1/70" without its end.
	return { from: path, to: `${path.slice(0, -1)}0` };
}
