import type { Tx } from "#db/tx.ts";
import type { WireWord } from "./hold.ts";
import { readHold, writeHold } from "./read-hold.server.ts";

/**
 * A person's word that a held copy be released; the sidecar carries it out, and once only.
 *
 * @param by who, as the log and the page say it.
 * @throws NotHeldError
 */
export function askRelease(tx: Tx, wire: WireWord, by: string): void {
	if (readHold(tx)?.asked) return;
	writeHold(tx, { asked: { wire, atUtc: Date.now(), by } });
}
