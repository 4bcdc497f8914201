import { env } from "#app/lib/env.ts";
import { type BooksLine, booksLine, setBooksLine } from "#db/books-line.ts";
import { hasBooks } from "#db/cluster/has-books.ts";
import { position } from "#db/cluster/position.ts";
import { migrateBooks } from "#db/migrate.ts";
import { inTx, NotPrimaryError, readBooks, type Tx } from "#db/tx.ts";
import { noteBase } from "./wire/writes/note-base.ts";

/**
 * Writes into the books, before anything else is, that they belong to this epoch from here on, and into the wire what they held until then: what
 * others wrote beyond it is lost (docs/decisions/083). Nothing without LiteFS.
 *
 * @throws NotPrimaryError where LiteFS does not say how far the books are.
 */
export async function beginLine(epoch: number): Promise<void> {
	if (!env().LITEFS_DIR) return;
	// On a new installation there is not even a file, or an empty one, and readers make none.
	const areNew = !hasBooks() || !readBooks((tx) => tx.sql("SELECT 1 FROM sqlite_master WHERE name = 'settings'").get());
	// There is nothing yet that they could have lost.
	if (areNew) migrateBooks();
	const { before, now } = await inTx((tx) => ({ before: booksLine(tx), now: begin(tx, epoch, areNew) }));
	// Whoever began the line before may have died before it could say so.
	if (before.epoch > 0) await noteBase(before);
	await noteBase(now);
}

function begin(tx: Tx, epoch: number, areNew: boolean): BooksLine {
	const before = booksLine(tx);
	if (before.epoch === epoch) return before;
	// Under the write lock: no other process of this node is half way through a write of before.
	const txid = areNew ? 0 : position()?.txid;
	if (txid === undefined) throw new NotPrimaryError("LiteFS does not say how far the books are");
	// Fewer than the line began with: somebody has put other books there.
	const isKnown = before.epoch > 0 && txid >= before.baseTxid;
	const line = { epoch, baseEpoch: isKnown ? before.epoch : 0, baseTxid: isKnown ? txid : 0 };
	setBooksLine(tx, line);
	return line;
}
