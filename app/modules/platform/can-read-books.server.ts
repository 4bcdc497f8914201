import { env } from "#app/lib/env.ts";
import { hasOwnSchema } from "#db/books-schema.ts";
import { booksPath, readConnection } from "#db/client.ts";
import { clusterState } from "#db/cluster/cluster-state.ts";
import { BooksAwayError, isUnreadable } from "#db/tx.ts";

/** So often books that are too old are looked at again. */
const LOOK_MS = 100;

const looked = { line: "", isGood: false, at: 0 };

/**
 * Whether this node's code can read its books. It cannot where the code is newer than that of the node that leads, which alone migrates, and where
 * nothing has come from there yet. Books that are newer than the code can be read: migrations only add (docs/decisions/086). Always true without
 * LiteFS, where a start migrates first; and while LiteFS is away, which whoever reads says by itself.
 */
export function canReadBooks(): boolean {
	if (!env().LITEFS_DIR) return true;
	const { epoch, losses, isAway: isLitefsAway } = clusterState();
	if (isLitefsAway) return true;
	const line = `${epoch} ${losses} ${booksPath()}`;
	const now = performance.now();
	// Whoever took the books over may have older ones.
	if (looked.line === line && (looked.isGood || now - looked.at < LOOK_MS)) return looked.isGood;
	Object.assign(looked, { line, isGood: look(), at: now });
	return looked.isGood;
}

function look(): boolean {
	try {
		return hasOwnSchema(readConnection());
	} catch (error) {
		// A node that has just joined has no file yet.
		if (error instanceof BooksAwayError || isUnreadable(error)) return false;
		throw error;
	}
}
