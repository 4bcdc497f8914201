import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { PlainError } from "./plain-error.ts";
import { identityOf, type ProcessIdentity } from "./process-identity.ts";

/** What runs on a data folder; for the next start, whether it comes too early or after a kill. */
export interface Running {
	pid: number;
	/** Undefined until it is up. */
	address?: string;
	children: (ProcessIdentity & { name: string })[];
}

export interface Lock {
	/** What the start before this one left in the folder. */
	before: Running | undefined;
	note(running: Omit<Running, "pid">): void;
	release(): void;
}

/**
 * Takes the data folder for this process. The lock is the system's own, on an SQLite file: it ends with the process however
 * that ends, and no pid that was given anew can hold it.
 *
 * @throws PlainError when another supervisor has it.
 */
export function takeLock(dataDir: string): Lock {
	makeFolder(dataDir);
	const notePath = join(dataDir, "running.json");
	const before = readNote(notePath);
	const lockPath = join(dataDir, "running.lock");
	// The system says what is wrong with a folder; SQLite would say only that it cannot.
	closeSync(openSync(lockPath, "a"));
	const database = new Database(lockPath, { timeout: 0 });
	try {
		database.pragma("journal_mode = MEMORY");
		database.exec("BEGIN EXCLUSIVE");
	} catch (error) {
		database.close();
		if (!String((error as { code?: string }).code).startsWith("SQLITE_BUSY")) throw error;
		const where = before?.address ? `at ${before.address}` : "and is still starting";
		throw new PlainError(`It already runs here ${where} (pid ${before?.pid ?? "unknown"}); this start leaves it alone`);
	}
	const note = (running: Omit<Running, "pid">) => writeNote(notePath, { pid: process.pid, ...running });
	note({ children: before?.children.filter((child) => identityOf(child.pid)?.began === child.began) ?? [] });
	return {
		before,
		note,
		release() {
			rmSync(notePath, { force: true });
			database.close();
		},
	};
}

/** Step by step: told to make all of them at once, Node says ENOENT where a read-only file system is the reason. */
function makeFolder(path: string): void {
	if (existsSync(path)) return;
	makeFolder(dirname(path));
	mkdirSync(path);
}

function readNote(path: string): Running | undefined {
	try {
		return JSON.parse(readFileSync(path, "utf8")) as Running;
	} catch {
		return undefined;
	}
}

/** Whole or not at all: a reader never sees half of it. */
function writeNote(path: string, running: Running): void {
	writeFileSync(`${path}.new`, JSON.stringify(running));
	renameSync(`${path}.new`, path);
}
