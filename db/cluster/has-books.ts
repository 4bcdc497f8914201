import { statSync } from "node:fs";
import { booksPath } from "./books-path.ts";

/** Whether anything was ever written into the books' file. A writer makes it empty, and may die before it writes. @throws where LiteFS has gone */
export function hasBooks(): boolean {
	return (statSync(booksPath(), { throwIfNoEntry: false })?.size ?? 0) > 0;
}
