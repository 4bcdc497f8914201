import { readFileSync } from "node:fs";
import { env } from "#app/lib/env.ts";
import { booksPath } from "./books-path.ts";

/** How far the books of a node are. The pair counts: after a failover the same number can be given to another transaction. */
export interface Position {
	txid: number;
	/** 16 hex digits: of all the pages, after that transaction. */
	checksum: string;
}

const FILE = /^([0-9a-f]{16})\/([0-9a-f]{16})\n?$/;

/**
 * This node's position. Null without LiteFS, before the first transaction, and where LiteFS is away: then a commit that said "done" may
 * be gone.
 */
export function position(): Position | null {
	if (!env().LITEFS_DIR) return null;
	try {
		return parsePosition(readFileSync(`${booksPath()}-pos`, "utf8"));
	} catch {
		return null;
	}
}

export function parsePosition(text: string): Position | null {
	const [, txid, checksum] = FILE.exec(text) ?? [];
	return txid && checksum ? { txid: Number.parseInt(txid, 16), checksum } : null;
}
