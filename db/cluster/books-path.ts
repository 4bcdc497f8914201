import { join } from "node:path";
import { env } from "#app/lib/env.ts";

export const BOOKS_NAME = "books.db";

/** The file of the books: in LiteFS's mount, or among all else that the installation keeps. */
export function booksPath(): string {
	return join(env().LITEFS_DIR ?? env().DATA_DIR, BOOKS_NAME);
}
