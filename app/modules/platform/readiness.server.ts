import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { type NodeState, nodeState } from "#db/cluster/node-state.ts";
import { type Role, role } from "#db/role.ts";
import { readBooks } from "#db/tx.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { canReadBooks } from "./can-read-books.server.ts";

const ANSWER_WITHIN_MS = 2_000;
export const HEARTBEAT_FRESH_MS = 15_000;
/** Backlogs are counted up to here: a count of millions would itself be load. */
const COUNT_UP_TO = 10_000;

export interface Readiness {
	isReady: boolean;
	role: Role;
	/** Under LiteFS only: this node, who leads, how far its books are, for how long it has not heard of the one that leads, and
	 * whether its code can read its own books: where it is newer than theirs, pages come from the node that leads. */
	node?: NodeState & { reads: "here" | "passed on" };
	books: "ok" | "unreachable";
	jobs: "ok" | "unreachable";
	/** Age of the youngest heartbeat; null when no sidecar has ever said anything. */
	sidecar: { state: "ok" | "silent"; heartbeatAgeMs: number | null };
	/** Rows that wait, each counted up to 10,000; null where the store could not be asked. */
	backlog: { outbox: number | null; receipts: number | null; jobs: number | null };
	/** What is not as it must be. */
	missing: ("role" | "books" | "jobs" | "sidecar")[];
}

interface WireState {
	heartbeatAgeMs: number | null;
	receipts: number;
	jobs: number;
}

/** Whether this installation does all that it is for, and what is missing. Asks both stores, at most 2 s. */
export async function readiness(): Promise<Readiness> {
	const books = readOutbox();
	const wire = await readWire();
	const isFresh = wire?.heartbeatAgeMs != null && wire.heartbeatAgeMs < HEARTBEAT_FRESH_MS;
	const state = role();
	const missing: Readiness["missing"] = [];
	if (state === "unknown") missing.push("role");
	if (books === null) missing.push("books");
	if (wire === null) missing.push("jobs");
	if (!isFresh) missing.push("sidecar");
	return {
		isReady: missing.length === 0,
		role: state,
		...(env().LITEFS_DIR ? { node: { ...nodeState(), reads: canReadBooks() ? "here" : "passed on" } } : {}),
		books: books === null ? "unreachable" : "ok",
		jobs: wire === null ? "unreachable" : "ok",
		sidecar: { state: isFresh ? "ok" : "silent", heartbeatAgeMs: wire?.heartbeatAgeMs ?? null },
		backlog: { outbox: books, receipts: wire?.receipts ?? null, jobs: wire?.jobs ?? null },
		missing,
	};
}

function readOutbox(): number | null {
	try {
		return readBooks(
			(tx) =>
				tx.sql<{ n: number }>("SELECT count(*) AS n FROM (SELECT 1 FROM outbox LIMIT ?)").get(COUNT_UP_TO)?.n ?? 0,
		);
	} catch (error) {
		log.warn({ err: error }, "the books could not be read");
		return null;
	}
}

async function readWire(): Promise<WireState | null> {
	const late = new Promise<never>((_, reject) =>
		setTimeout(() => reject(new Error(`no answer within ${ANSWER_WITHIN_MS} ms`)), ANSWER_WITHIN_MS).unref(),
	);
	try {
		const asked = wirePool().query<WireState>({
			name: "readiness",
			text: `SELECT
				(SELECT (extract(epoch FROM now() - max(seen_at)) * 1000)::int FROM wire.sidecars) AS "heartbeatAgeMs",
				(SELECT count(*)::int FROM (SELECT 1 FROM wire.receipt_inbox WHERE try_at <= now() LIMIT $1) r) AS receipts,
				(SELECT count(*)::int FROM (SELECT 1 FROM graphile_worker._private_jobs LIMIT $1) j) AS jobs`,
			values: [COUNT_UP_TO],
		});
		// When it comes late, nobody listens any more.
		asked.catch(() => {});
		return (await Promise.race([asked, late])).rows[0]!;
	} catch (error) {
		log.warn({ error: (error as Error).message }, "Postgres could not be asked");
		return null;
	}
}
