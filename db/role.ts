import { statSync } from "node:fs";
import { env } from "#app/lib/env.ts";
import { booksPath } from "./cluster/books-path.ts";
import { clusterState } from "./cluster/cluster-state.ts";
import { isLeaseProven } from "./cluster/lease-proof.ts";
import { mayWriteBooks } from "./cluster/may-write-books.ts";
import { type Role, roleOf } from "./cluster/role-of.ts";

export type { Role };

/**
 * What this node may do with the books. Without LiteFS there is one node, and it is the primary; with it, the answer comes
 * from LiteFS itself (its stream of events and the mode of the file, never the absence of its `.primary`, which also means
 * "nobody knows"), and a new primary is "unknown" until it has taken the books over (docs/decisions/080). One that cannot see
 * that it still has the lease is "unknown" before another can be given it (docs/decisions/084).
 */
export function role(): Role {
	if (!env().LITEFS_DIR) return "primary";
	return roleOf(clusterState().heard, isWritable(), mayWriteBooks() && isLeaseProven());
}

/** The same without the epoch's gate and the lease: what LiteFS alone says. For whoever takes the books over. */
export function litefsRole(): Role {
	if (!env().LITEFS_DIR) return "primary";
	return roleOf(clusterState().heard, isWritable(), true);
}

/** LiteFS gives the books' file 0666 on the primary and 0444 elsewhere, and caches neither. */
function isWritable(): boolean | null {
	try {
		const file = statSync(booksPath(), { throwIfNoEntry: false });
		return file ? (file.mode & 0o222) !== 0 : null;
	} catch {
		// A mount without its LiteFS.
		return false;
	}
}
