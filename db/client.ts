import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { BooksAwayError } from "./books-errors.ts";
import { booksPath } from "./cluster/books-path.ts";
import { clusterState } from "./cluster/cluster-state.ts";
import { hasBooks } from "./cluster/has-books.ts";
import { isMounted } from "./cluster/is-mounted.ts";
import { holdIndex } from "./hold-index.ts";
import type { Moment } from "./one-moment.ts";

export { booksPath };

export type Books = Database.Database;

const REPLICA_LOCK_MS = 500;

export interface Connection {
	raw: Books;
	/** Prepared statements by their SQL. */
	statements: Map<string, Database.Statement>;
	/** How often this node had lost the books when it was opened: what LiteFS has mounted since is another file to SQLite. */
	losses: number;
	/** Of a reader: somebody's function is reading just now. */
	isReading: boolean;
	/** Of a reader: whose transaction was left open, so that the next read of the same asker sees the same. */
	moment: Moment | undefined;
}

const OPENING_WAIT_MS = 5_000;

export function openConnection(path: string, mode: "read" | "write"): Connection {
	if (mode === "write") mkdirSync(dirname(path), { recursive: true });
	// Where LiteFS has died, its folder is empty once it is unmounted: a file that a reader made there would be books without anything in them.
	const raw = new Database(path, { fileMustExist: mode === "read" && env().LITEFS_DIR !== undefined });
	// Whoever opens the books while another process mends what a killed one has left in the log waits for it.
	raw.pragma(`busy_timeout = ${OPENING_WAIT_MS}`);
	// Before the first table, or never: LiteFS cannot change it later. A reader may be the first to open the file, and makes it.
	raw.pragma("page_size = 16384");
	raw.pragma("journal_mode = WAL");
	raw.pragma("synchronous = NORMAL");
	raw.pragma("foreign_keys = ON");
	raw.pragma("cache_size = -65536");
	raw.pragma("temp_store = MEMORY");
	raw.pragma("mmap_size = 0");
	// The wait for the write lock is asynchronous (db/tx.ts): a busy time-out here would stop every request of the process.
	// Readers wait for nobody, except on a replica: there LiteFS itself locks them out for moments.
	raw.pragma(`busy_timeout = ${mode === "read" && env().LITEFS_DIR ? REPLICA_LOCK_MS : 0}`);
	if (mode === "read") raw.pragma("query_only = ON");
	return { raw, statements: new Map(), losses: clusterState().losses, isReading: false, moment: undefined };
}

// On globalThis: the Remix build and the server that loads it are two module graphs in one process, and must share these.
const shared = globalThis as unknown as { __books?: { read?: Connection; write?: Connection } };
shared.__books ??= {};
const connections = shared.__books;

/** @throws BooksAwayError */
export function readConnection(): Connection {
	return connectionFor("read");
}

/** Only for db/tx.ts and the migrations. @throws BooksAwayError */
export function writeConnection(): Connection {
	return connectionFor("write");
}

function connectionFor(mode: "read" | "write"): Connection {
	const kept = connections[mode];
	const state = clusterState();
	if (state.isAway) throw new BooksAwayError("LiteFS is away");
	if (kept && kept.losses !== state.losses && !isInUse(kept)) closeBooks();
	connections[mode] ??= openOurs(mode);
	return connections[mode];
}

/** SQLite and better-sqlite3 each have words of their own for a dead mount, an empty folder and a file of nothing. */
function openOurs(mode: "read" | "write"): Connection {
	const isOnLitefs = env().LITEFS_DIR !== undefined;
	try {
		// The writer is about to make them, and two that turn a new file to WAL at once lock each other out.
		if (isOnLitefs && mode === "read" && !hasBooks()) throw new BooksAwayError("no books yet");
		const connection = openConnection(booksPath(), mode);
		if (isOnLitefs) holdIndex(booksPath(), () => openConnection(booksPath(), "read").raw);
		return connection;
	} catch (error) {
		if (!isOnLitefs || error instanceof BooksAwayError || isMounted()) throw error;
		throw new BooksAwayError("LiteFS has gone", { cause: error });
	}
}

function isInUse({ raw, isReading, moment }: Connection): boolean {
	return isReading || (raw.inTransaction && !moment);
}

/** Ends the read transaction that `moment` has left open; without one, whosever it is. */
export function endMoment(moment?: Moment): void {
	const { read } = connections;
	if (!read?.moment || (moment && read.moment !== moment) || read.isReading) return;
	read.moment.isOver = true;
	read.moment = undefined;
	try {
		if (read.raw.inTransaction) read.raw.exec("COMMIT");
	} catch (error) {
		closeBooks();
		// Nobody asked for this: it would fail another's read, a write that is committed, or the whole process.
		if (!isAway(error)) log.error({ err: error }, "a read of the books could not be ended; its connection is closed");
	}
}

export function closeBooks(): void {
	for (const mode of ["read", "write"] as const) {
		const one = connections[mode];
		delete connections[mode];
		try {
			one?.raw.close();
		} catch (error) {
			// Under a LiteFS that is gone there is nothing left to close.
			if (!isAway(error)) throw error;
		}
	}
}

/**
 * True for what SQLite says where LiteFS has gone, or has made this node a replica meanwhile ("disk I/O error" at the commit). Never without
 * LiteFS: there it is the disk.
 */
export function isAway(error: unknown): boolean {
	const { code = "" } = error as { code?: string };
	return env().LITEFS_DIR !== undefined && /^(SQLITE_(IOERR|READONLY|CANTOPEN)|ENOTCONN$|EIO$|EACCES$)/.test(code);
}

/** A statement prepared once for each connection: unprepared ones cost eleven times as much. */
export function prepared(connection: Connection, sql: string): Database.Statement {
	let statement = connection.statements.get(sql);
	if (!statement) {
		statement = connection.raw.prepare(sql);
		connection.statements.set(sql, statement);
	}
	return statement;
}
