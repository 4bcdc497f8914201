import { closeSync, openSync, readSync } from "node:fs";
import { env } from "#app/lib/env.ts";
import { booksPath } from "./books-path.ts";
import { clusterState } from "./cluster-state.ts";
import { readInMount } from "./read-in-mount.ts";

/** How far the books of a node are. The pair counts: after a failover the same number can be given to another transaction. */
export interface Position {
	txid: number;
	/** 16 hex digits: of all the pages, after that transaction. */
	checksum: string;
}

const FILE = /^([0-9a-f]{16})\/([0-9a-f]{16})\n?$/;
const FILE_BYTES = 34;
const buffer = Buffer.alloc(FILE_BYTES);

/** LiteFS's file, open: of which stream of its events. */
let kept: { path: string; stream: number; file: number } | undefined;

/**
 * This node's position. Null without LiteFS, before the first transaction, and where LiteFS is away: then a commit that said "done" may
 * be gone. Where LiteFS has died a moment ago it may still be the last one that was read, but never one beyond what LiteFS had.
 */
export function position(): Position | null {
	if (!env().LITEFS_DIR) return null;
	try {
		const path = `${booksPath()}-pos`;
		return readKept(path) ?? parsePosition(readInMount(path));
	} catch {
		return null;
	}
}

/**
 * Opening, looking, reading and closing are a call to LiteFS each. Of an open file the kernel keeps what it has read until LiteFS takes that back, which it does
 * with each transaction before the commit returns; so as long as it is the same LiteFS, the file is opened once. Null: read it otherwise.
 */
function readKept(path: string): Position | null {
	const { stream } = clusterState();
	if (kept && (kept.stream !== stream || kept.path !== path)) closePosition();
	if (stream === 0) return null;
	try {
		kept ??= { path, stream, file: openSync(path, "r") };
		const position = parsePosition(buffer.toString("latin1", 0, readSync(kept.file, buffer, 0, FILE_BYTES, 0)));
		if (position) return position;
	} catch {
		// LiteFS is away, or another one is there: to be asked anew.
	}
	closePosition();
	return null;
}

/** Nothing of a LiteFS that may be gone is kept open: it could not be unmounted. */
export function closePosition(): void {
	const file = kept?.file;
	kept = undefined;
	try {
		if (file !== undefined) closeSync(file);
	} catch {
		// Of a mount that is gone.
	}
}

export function parsePosition(text: string): Position | null {
	const [, txid, checksum] = FILE.exec(text) ?? [];
	return txid && checksum ? { txid: Number.parseInt(txid, 16), checksum } : null;
}
