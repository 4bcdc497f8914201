import { statSync } from "node:fs";
import { env } from "#app/lib/env.ts";
import { booksPath, openConnection } from "#db/client.ts";
import { type Position, position } from "#db/cluster/position.ts";
import { NotPrimaryError } from "#db/tx.ts";

/** 1 MB a step: other readers of the disk come in between. */
const STEP_PAGES = 64;

export interface CopiedMoment {
	/** Unix ms. */
	atUtc: number;
	/** Null without LiteFS, and where something was written in that very instant. */
	position: Position | null;
}

/**
 * Copies the books, page by page, as they are at one moment, while others go on writing. SQLite's backup begins anew whenever another process
 * writes, and would never end here: so it reads within a read transaction that was opened before, whose pages nobody changes. Nobody waits
 * for it; the write-ahead log grows for as long as it lasts.
 *
 * Under LiteFS on the node that leads only: on a replica a long reader keeps the newest of the books out.
 *
 * @param to a file that does not exist yet, outside of LiteFS's mount.
 * @throws NotPrimaryError before it begins, or when the node loses the books meanwhile
 */
export async function copyBooks(to: string): Promise<CopiedMoment> {
	requireWritable();
	const { raw } = openConnection(booksPath(), "read");
	try {
		const before = position();
		raw.exec("BEGIN");
		// The transaction reads from here on; BEGIN alone does not open it.
		raw.prepare("SELECT count(*) FROM sqlite_schema").get();
		const atUtc = Date.now();
		const after = position();
		await raw.backup(to, {
			progress: () => {
				requireWritable();
				return STEP_PAGES;
			},
		});
		return { atUtc, position: before?.checksum === after?.checksum ? after : null };
	} finally {
		if (raw.inTransaction) raw.exec("COMMIT");
		raw.close();
	}
}

/** LiteFS makes the file read-only wherever the node does not lead. */
function requireWritable(): void {
	if (env().LITEFS_DIR && (statSync(booksPath(), { throwIfNoEntry: false })?.mode ?? 0) % 0o1000 !== 0o666)
		throw new NotPrimaryError("a backup is made on the node that leads");
}
