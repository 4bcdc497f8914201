import { statSync } from "node:fs";
import { booksPath } from "./books-path.ts";

/** Whether the books' file is there and its LiteFS answers for it. One that has died is noticed at once, whether its mount is still there or not. */
export function isMounted(): boolean {
	try {
		return statSync(booksPath(), { throwIfNoEntry: false }) !== undefined;
	} catch {
		return false;
	}
}
