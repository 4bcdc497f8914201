import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import { booksPath } from "./cluster/books-path.ts";
import * as schema from "./schema/index.ts";

export { booksPath };

export type Books = Database.Database;
export type BooksDrizzle = BetterSQLite3Database<typeof schema>;

export interface Connection {
	raw: Books;
	orm: BooksDrizzle;
	/** Prepared statements by their SQL. */
	statements: Map<string, Database.Statement>;
}

export function openConnection(path: string, mode: "read" | "write"): Connection {
	if (mode === "write") mkdirSync(dirname(path), { recursive: true });
	const raw = new Database(path);
	// The wait for the write lock is asynchronous (db/tx.ts): a busy time-out here would stop every request of the process.
	raw.pragma("busy_timeout = 0");
	// Before the first table, or never: LiteFS cannot change it later.
	if (mode === "write") raw.pragma("page_size = 16384");
	raw.pragma("journal_mode = WAL");
	raw.pragma("synchronous = NORMAL");
	raw.pragma("foreign_keys = ON");
	raw.pragma("cache_size = -65536");
	raw.pragma("temp_store = MEMORY");
	raw.pragma("mmap_size = 0");
	if (mode === "read") raw.pragma("query_only = ON");
	return { raw, orm: drizzle(raw, { schema, casing: undefined }), statements: new Map() };
}

// On globalThis: the Remix build and the server that loads it are two module graphs in one process, and must share these.
const shared = globalThis as unknown as { __books?: { read?: Connection; write?: Connection } };
shared.__books ??= {};
const connections = shared.__books;

export function readConnection(): Connection {
	connections.read ??= openConnection(booksPath(), "read");
	return connections.read;
}

/** Only for db/tx.ts and the migrations. */
export function writeConnection(): Connection {
	connections.write ??= openConnection(booksPath(), "write");
	return connections.write;
}

export function closeBooks(): void {
	for (const one of [connections.read, connections.write]) one?.raw.close();
	delete connections.read;
	delete connections.write;
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
