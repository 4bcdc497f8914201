import { existsSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { canReadBooks } from "#app/modules/platform/can-read-books.server.ts";
import { until } from "#jobs/testing/until.ts";
import { booksPath, closeBooks, openConnection, readConnection } from "./client.ts";
import { clusterState, updateCluster } from "./cluster/cluster-state.ts";
import { type RoleWatch, watchRole } from "./cluster/watch-role.ts";
import { role } from "./role.ts";
import { fakeLitefs } from "./testing/fake-litefs.ts";
import { BooksAwayError, inTx, NotPrimaryError, readBooks } from "./tx.ts";

const LONG_MS = 30_000;

let litefs: Awaited<ReturnType<typeof fakeLitefs>>;
let watch: RoleWatch | undefined;
beforeEach(async () => {
	litefs = await fakeLitefs();
	litefs.lead("n1");
	openConnection(booksPath(), "write").raw.exec("CREATE TABLE one (n)").close();
});
afterEach(async () => {
	watch?.stop();
	watch = undefined;
	await litefs.close();
});

const count = () => readBooks((tx) => tx.sql("SELECT count(*) FROM one").pluck().get());
const add = () => inTx((tx) => void tx.sql("INSERT INTO one VALUES (1)").run());
const heardIs = (heard: string) => until(`${heard} is heard`, LONG_MS, () => clusterState().heard === heard);

async function lead(): Promise<void> {
	watch = watchRole();
	await heardIs("primary");
	updateCluster({ epoch: 1, isOpen: true });
}

it("a reader makes no books in the empty folder that a dead LiteFS leaves: it says that LiteFS is away", () => {
	expect(count()).toBe(0);
	closeBooks();
	for (const ending of ["", "-wal", "-shm"]) rmSync(booksPath() + ending, { force: true });
	expect(count).toThrow(BooksAwayError);
	expect(existsSync(booksPath())).toBe(false);
	expect(canReadBooks(), "a node that has just joined").toBe(false);
});

it("a reader leaves new books to the writer that is about to make them", () => {
	closeBooks();
	for (const ending of ["-wal", "-shm"]) rmSync(booksPath() + ending, { force: true });
	writeFileSync(booksPath(), "");
	expect(count).toThrow(BooksAwayError);
	expect(canReadBooks()).toBe(false);
	expect(statSync(booksPath()).size).toBe(0);
});

it("the index of the log is held open, whoever closes and opens the books", async () => {
	expect(count()).toBe(0);
	closeBooks();
	// The last to close would take it away.
	expect(existsSync(`${booksPath()}-shm`)).toBe(true);
});

it("a reader that is locked out for a moment keeps its connection", async () => {
	await lead();
	await add();
	const before = readConnection();
	let reads = 0;
	const read = () => {
		if (reads++ > 0) return "read";
		throw Object.assign(new Error("database is locked"), { code: "SQLITE_BUSY" });
	};
	expect(readBooks(read)).toBe("read");
	expect(readConnection()).toBe(before);
});

it("while LiteFS is away nothing touches the books, not even what is open; once it is there they are opened anew", async () => {
	await lead();
	await add();
	expect(count()).toBe(1);
	litefs.setDead(true);
	await until("LiteFS is away", LONG_MS, () => clusterState().isAway);
	// The connection is still open, and its file would answer here: on a dead mount SQLite would sleep for ten seconds.
	expect(count).toThrow(BooksAwayError);
	await expect(add()).rejects.toThrow(NotPrimaryError);
	expect(canReadBooks(), "a page says so, and no node is asked").toBe(true);
	litefs.setDead(false);
	await heardIs("primary");
	expect(count()).toBe(1);
	expect(role(), "it is another LiteFS, whose newest transactions may be gone").toBe("unknown");
});

it("a stream that breaks while LiteFS lives stops writes, and no reads", async () => {
	await lead();
	litefs.setAway(true);
	litefs.cut({ isNew: false });
	await heardIs("unknown");
	expect(count()).toBe(0);
	await expect(add()).rejects.toThrow(NotPrimaryError);
});

it("a reader that finds LiteFS gone before its end is heard does not open the books once more", async () => {
	await lead();
	expect(count()).toBe(0);
	let reads = 0;
	litefs.setDead(true);
	const read = () =>
		readBooks(() => {
			reads++;
			throw Object.assign(new Error("locking protocol"), { code: "SQLITE_PROTOCOL" });
		});
	expect(clusterState().isAway, "no event has come in this stretch of work").toBe(false);
	expect(read).toThrow(BooksAwayError);
	expect(reads).toBe(1);
});

it("says that LiteFS is away where its whole mount does not answer, too", async () => {
	await lead();
	closeBooks();
	// What better-sqlite3 is told by a mount whose LiteFS is dead: there is no such folder.
	const away = `${litefs.folder}-away`;
	renameSync(litefs.folder, away);
	expect(count).toThrow(BooksAwayError);
	renameSync(away, litefs.folder);
	expect(count()).toBe(0);
});
