import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { resetEnv } from "#app/lib/env.ts";
import { booksPath, closeBooks, writeConnection } from "#db/client.ts";
import { migrateBooks } from "#db/migrate.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** The migrated file that testBooks() copies; nobody opens it. */
		booksTemplate: string;
	}
}

/** Vitest's global set-up: the books' schema is made once for the whole run. */
export default function makeBooksTemplate(project: TestProject): () => void {
	const dataDir = mkdtempSync(join(tmpdir(), "books-template-"));
	process.env.DATA_DIR = dataDir;
	resetEnv();
	migrateBooks();
	const template = booksPath();
	// All of it into the one file that is copied.
	writeConnection().raw.pragma("wal_checkpoint(TRUNCATE)");
	closeBooks();
	if (existsSync(`${template}-wal`)) throw new Error("the books' template still has a write-ahead log");
	// A test that forgets `testBooks` must not write into what the others are copied from.
	delete process.env.DATA_DIR;
	resetEnv();
	project.provide("booksTemplate", template);
	return () => rmSync(dataDir, { recursive: true, force: true });
}
