import { readBooks } from "#db/tx.ts";
import { readHold } from "./read-hold.server.ts";

/** What the band above every page says of a restored copy that is held; null: these books are none. */
export function shownHold(): { copiedAtUtc: number; isAsked: boolean } | null {
	const hold = readBooks(readHold);
	return hold && { copiedAtUtc: hold.copiedAtUtc, isAsked: hold.asked !== null };
}
