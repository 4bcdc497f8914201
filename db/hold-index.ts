import { statSync } from "node:fs";
import type { Books } from "./client.ts";

// On globalThis: the Remix build and the server that loads it are two module graphs in one process.
const shared = globalThis as unknown as { __heldIndexes?: Map<string, Books> };
shared.__heldIndexes ??= new Map();
const held = shared.__heldIndexes;

/**
 * Keeps a connection for as long as the process lives, with which nothing is read, so that no other of this machine is the first to open the books.
 * The first one cuts the index of SQLite's log to nothing and makes it anew; where LiteFS applies a transaction just then, it drops what makes it
 * longer, and the next look at it ends the process with SIGBUS (docs/decisions/094).
 *
 * @param path of the books, in LiteFS's mount. Another mount at the same place has another index.
 */
export function holdIndex(path: string, open: () => Books): void {
	const { dev, ino } = statSync(path);
	const file = `${dev}:${ino}`;
	if (held.has(file)) return;
	// Never closed: under a LiteFS that is gone that would take seconds.
	held.set(file, open());
}
