import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, inject } from "vitest";
import { resetEnv } from "#app/lib/env.ts";
import { closeBooks } from "#db/client.ts";

/** The same for every process of a test run, so that a child process can open what the test sealed. */
const TEST_SECRET_KEY = "5e".repeat(32);

/**
 * Gives each test of this file (or, with "file", the whole file) books of its own: a fresh copy of the migrated file, in a
 * DATA_DIR of its own. Call it once, at the top of the file or of a describe.
 */
export function testBooks(fresh: "test" | "file" = "test"): void {
	const before = { dataDir: process.env.DATA_DIR, folder: "" };
	beforeAll(() => {
		process.env.SECRET_KEY ??= TEST_SECRET_KEY;
		before.folder = mkdtempSync(join(tmpdir(), "books-"));
	});
	const open = () => {
		const dataDir = mkdtempSync(join(before.folder, "data-"));
		copyFileSync(inject("booksTemplate"), join(dataDir, "books.db"));
		setDataDir(dataDir);
	};
	const close = () => closeBooks();
	if (fresh === "test") {
		beforeEach(open);
		afterEach(close);
	} else {
		beforeAll(open);
		afterAll(close);
	}
	afterAll(() => {
		setDataDir(before.dataDir);
		rmSync(before.folder, { recursive: true, force: true });
	});
}

function setDataDir(dataDir: string | undefined): void {
	closeBooks();
	if (dataDir === undefined) delete process.env.DATA_DIR;
	else process.env.DATA_DIR = dataDir;
	resetEnv();
}
