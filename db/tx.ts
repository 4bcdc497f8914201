import type Database from "better-sqlite3";
import { env } from "#app/lib/env.ts";
import {
	BooksAwayError,
	BooksBusyError,
	BooksFullError,
	NotPrimaryError,
	OutcomeUnknownError,
} from "./books-errors.ts";
import { booksLine } from "./books-line.ts";
import { type Connection, closeBooks, endMoment, isAway, prepared, readConnection, writeConnection } from "./client.ts";
import { type Commit, commitTeller } from "./cluster/commit-teller.ts";
import { isMounted } from "./cluster/is-mounted.ts";
import { isLeaseProven } from "./cluster/lease-proof.ts";
import { position } from "./cluster/position.ts";
import { type Moment, momentNow } from "./one-moment.ts";
import { role } from "./role.ts";

export { atOneMoment } from "./one-moment.ts";
export { BooksAwayError, BooksBusyError, BooksFullError, NotPrimaryError, OutcomeUnknownError };

const LOCK_WAIT_MS = 5_000;

/** What a transaction's function is given. */
export interface Tx {
	/** A prepared statement, kept for the life of the connection: pass constant SQL only. */
	sql<Row = unknown>(text: string): Database.Statement<unknown[], Row>;
	/** Says what somebody outside must know of this transaction before its asker is told; undefined where nobody listens. */
	note?: (what: object) => void;
}

function txOf(connection: Connection): Tx {
	return { sql: (text) => prepared(connection, text) as never };
}

type NotAsync<T> = T extends PromiseLike<unknown> ? never : T;

function isLockedOut(error: unknown): boolean {
	return (error as { code?: string }).code?.startsWith("SQLITE_BUSY") ?? false;
}

function isBusy(error: unknown): boolean {
	return isLockedOut(error) || (error as { code?: string }).code === "SQLITE_PROTOCOL";
}

function isFull(error: unknown): boolean {
	return (error as { code?: string }).code === "SQLITE_FULL";
}

/**
 * Runs `fn` in one write transaction on the books and resolves with what it returned, once it is committed. `fn` is
 * synchronous: better-sqlite3 commits when it returns, so an `await` inside would run after the commit. It may run only on
 * the primary and must not reach outside: tell the outside by an outbox row.
 *
 * @throws NotPrimaryError, BooksBusyError, BooksFullError, or whatever `fn` throws (then nothing is written). OutcomeUnknownError
 */
export async function inTx<T>(fn: (tx: Tx) => NotAsync<T>): Promise<T> {
	const { result, told } = await inTxUntold(fn);
	await told;
	return result;
}

/**
 * The same for whoever has more to wait for before it answers: resolves once it is committed.
 *
 * @returns `told`: await it before the asker is told; undefined where there is nothing to wait for.
 */
export async function inTxUntold<T>(
	fn: (tx: Tx) => NotAsync<T>,
): Promise<{ result: T; told: Promise<void> | undefined }> {
	try {
		const giveUpAt = Date.now() + LOCK_WAIT_MS;
		for (;;) {
			const connection = tryBegin(giveUpAt);
			// Nothing is awaited between BEGIN and COMMIT: another transaction of this process would begin within this one.
			if (connection) return runWithin(connection, fn);
			await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * 3));
		}
	} catch (error) {
		if (isFull(error)) throw new BooksFullError("the disk of the books is full", { cause: error });
		if (!isAway(error)) throw error;
		closeBooks();
		throw new NotPrimaryError("the books were taken away while they were written", { cause: error });
	}
}

/** The connection, with a transaction begun; undefined: another process has the lock. */
function tryBegin(giveUpAt: number): Connection | undefined {
	// Each time: it may have been lost during the wait.
	if (role() !== "primary") throw new NotPrimaryError("the books are written on the primary only");
	try {
		const connection = writeConnection();
		connection.raw.exec("BEGIN IMMEDIATE");
		return connection;
	} catch (error) {
		if (!isBusy(error)) throw error;
		if (Date.now() > giveUpAt) throw new BooksBusyError("the books stayed locked for 5 s");
		return undefined;
	}
}

function runWithin<T>(
	connection: Connection,
	fn: (tx: Tx) => NotAsync<T>,
): { result: T; told: Promise<void> | undefined } {
	const tell = commitTeller();
	const tx = txOf(connection);
	const notes: object[] = [];
	if (tell) tx.note = (what) => notes.push(what);
	try {
		const result = fn(tx);
		if (result instanceof Promise) throw new TypeError("the function of inTx must be synchronous");
		const commit = notes.length > 0 ? stamp(tx, notes) : undefined;
		// Paused in here for so long that another may lead: what it would commit, the other does not have.
		if (!isLeaseProven()) throw new NotPrimaryError("the lease ran out while the books were written");
		connection.raw.exec("COMMIT");
		// Whoever has written reads it.
		endMoment();
		return { result: result as T, told: commit && tell?.(commit) };
	} catch (error) {
		if (connection.raw.inTransaction) connection.raw.exec("ROLLBACK");
		throw error;
	}
}

/** Under the write lock: nobody else moves the position before this transaction does, by one. */
function stamp(tx: Tx, notes: object[]): Commit {
	const before = position();
	const sequences = tx.sql<[string, number]>("SELECT name, seq FROM sqlite_sequence").raw().all() as never;
	return {
		epoch: booksLine(tx).epoch,
		txid: before && before.txid + 1,
		notes,
		sequences: Object.fromEntries(sequences),
	};
}

/**
 * Runs `fn` in one read transaction: all queries of a loader see the same moment, and on LiteFS the locks are paid once.
 * Works on every node. `fn` is synchronous and must stay under 20 ms.
 *
 * @throws BooksAwayError, or whatever `fn` throws.
 */
export function readBooks<T>(fn: (tx: Tx) => NotAsync<T>): T {
	try {
		return readOnce(fn);
	} catch (error) {
		if (!isUnreadable(error)) throw error;
		// One that is locked out for a moment is well; and whoever opens the books anew while LiteFS applies a transaction may map a file that LiteFS
		// cuts short just then, which ends the process (docs/decisions/094).
		if (!isLockedOut(error)) closeBooks();
	}
	// The stream's end is not heard of before this stretch of work is done.
	if (!isMounted()) throw new BooksAwayError("LiteFS has gone while the books were read");
	// It may be there again, and only the connection be of before.
	try {
		return readOnce(fn);
	} catch (error) {
		if (!isUnreadable(error)) throw error;
		closeBooks();
		throw new BooksAwayError("the books cannot be reached", { cause: error });
	}
}

/**
 * Whether SQLite says that the books cannot be read just now: LiteFS has gone, or, on a replica, locks readers out for a moment, while it applies what
 * the primary wrote. Never without LiteFS.
 */
export function isUnreadable(error: unknown): boolean {
	return isAway(error) || (env().LITEFS_DIR !== undefined && isBusy(error));
}

function readOnce<T>(fn: (tx: Tx) => NotAsync<T>): T {
	const last = readConnection();
	// Nested calls share the outer moment.
	if (last.isReading) return fn(txOf(last));
	const moment = momentNow();
	if (last.moment !== moment) endMoment();
	const connection = readConnection();
	const { raw } = connection;
	if (!raw.inTransaction) raw.exec("BEGIN");
	connection.isReading = true;
	let isWhole = false;
	try {
		const result = fn(txOf(connection));
		isWhole = true;
		return result;
	} finally {
		connection.isReading = false;
		if (isWhole && moment && raw.inTransaction) keepOpen(connection, moment);
		else {
			connection.moment = undefined;
			if (raw.inTransaction) raw.exec("COMMIT");
		}
	}
}

/** Until the turn of the event loop is over, at the latest: a long one would hold up LiteFS on a replica, and the log's end on the primary. */
function keepOpen(connection: Connection, moment: Moment): void {
	if (connection.moment === moment) return;
	connection.moment = moment;
	setImmediate(endMoment, moment);
}

/** From now on whoever asks reads each time for itself: it has all that belongs together, and what it does next takes its time. */
export function leaveMoment(): void {
	const moment = momentNow();
	if (moment) {
		moment.isOver = true;
		endMoment(moment);
	}
}
