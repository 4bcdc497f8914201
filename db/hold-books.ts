import { setTimeout as pause } from "node:timers/promises";
import { openConnection } from "./client.ts";
import { booksPath } from "./cluster/books-path.ts";
import { role } from "./role.ts";
import { NotPrimaryError } from "./tx.ts";

const LOOK_MS = 2;

/**
 * Takes the books' write lock on a connection of its own and keeps it: no process of this node writes until `release`, and the position stays.
 *
 * @throws NotPrimaryError, or Error where somebody else has it for `withinMs`.
 */
export async function holdBooks(withinMs: number): Promise<{ release(): void }> {
	const { raw } = openConnection(booksPath(), "write");
	const giveUpAt = performance.now() + withinMs;
	try {
		for (;;) {
			if (role() !== "primary") throw new NotPrimaryError("the books are written on the primary only");
			try {
				raw.exec("BEGIN IMMEDIATE");
				break;
			} catch (error) {
				if (!String((error as { code?: string }).code).startsWith("SQLITE_BUSY")) throw error;
				if (performance.now() > giveUpAt)
					throw new Error("somebody writes the books and does not end", { cause: error });
			}
			await pause(LOOK_MS);
		}
	} catch (error) {
		raw.close();
		throw error;
	}
	return {
		release() {
			// Nothing was written under it. Where LiteFS has gone meanwhile, the lock has gone with it.
			if (raw.inTransaction) raw.exec("ROLLBACK");
			raw.close();
		},
	};
}
