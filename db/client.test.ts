import { existsSync, rmSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { fakeLitefs } from "#db/testing/fake-litefs.ts";
import { booksPath, closeBooks, openConnection } from "./client.ts";
import { BooksAwayError, readBooks } from "./tx.ts";

let litefs: Awaited<ReturnType<typeof fakeLitefs>>;
beforeEach(async () => {
	litefs = await fakeLitefs();
});
afterEach(() => litefs.close());

it("a reader makes no books in the empty folder that a dead LiteFS leaves: it says that LiteFS is away", () => {
	litefs.lead("n1");
	openConnection(booksPath(), "write").raw.exec("CREATE TABLE one (n)").close();
	const count = () => readBooks((tx) => tx.sql("SELECT count(*) FROM one").pluck().get());
	expect(count()).toBe(0);
	closeBooks();
	for (const ending of ["", "-wal", "-shm"]) rmSync(booksPath() + ending, { force: true });
	expect(count).toThrow(BooksAwayError);
	expect(existsSync(booksPath())).toBe(false);
});
