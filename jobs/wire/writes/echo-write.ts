import { randomUUID } from "node:crypto";
import { log } from "#app/lib/log.ts";
import type { Commit } from "#db/cluster/commit-teller.ts";
import { wirePool } from "../pool.ts";

/** So long an answer waits for its echo, and no longer. */
const WITHIN_MS = 2_000;
/** Nobody waits for it by then; it only must not hang for ever. */
const STATEMENT_MS = 30_000;
const AGAIN_MS = 1_000;
const ROWS_A_FLUSH = 500;
/** What is kept for Postgres to come back; beyond it the oldest are dropped. */
const KEPT_MOST = 10_000;

/** too-late: another node has taken the books over, most likely without it. */
export type Echoed = "in-time" | "too-late" | "not-noted";

interface Waiting {
	key: string;
	commit: Commit;
	/** What is said first counts. */
	settle: (echoed: Echoed) => void;
}

// The epochs' rows stay locked until the writes are durable: whoever takes the books over waits for them, and reads them. A node's own next
// epoch is of the same books; of books that do not say whose they are (0) nothing is known.
const STORE = `
WITH theirs AS MATERIALIZED (
	SELECT n, node, ended_at IS NULL AS is_open FROM wire.epochs WHERE n = ANY ($2::bigint[]) FOR SHARE
), newest AS (
	SELECT n, node FROM wire.epochs ORDER BY n DESC LIMIT 1
)
INSERT INTO wire.writes (key, epoch, txid, entries, sequences, is_in_time)
SELECT w.key, w.epoch, w.txid, w.entries, w.sequences,
       coalesce(theirs.is_open OR (newest.n > theirs.n AND newest.node = theirs.node), w.epoch = 0)
  FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::jsonb[]) AS w (key, epoch, txid, entries, sequences)
  LEFT JOIN theirs ON theirs.n = w.epoch LEFT JOIN newest ON true
RETURNING key, is_in_time AS "isInTime"`;

let waiting: Waiting[] = [];
let isFlushing = false;
/** Postgres did not take the newest try, or not in time: nobody is kept waiting for the next ones. */
let isAway = false;
let notNoted = 0;

/**
 * Notes a committed write in the wire; those that come together share one statement. What Postgres does not take is kept and tried again for
 * as long as this process lives, but nobody waits for that: "not-noted" after 2 s, or at once while Postgres is known to be away.
 */
export function echoWrite(commit: Commit, withinMs = WITHIN_MS): Promise<Echoed> {
	return new Promise((resolve) => {
		let isSettled = false;
		const settle = (echoed: Echoed) => {
			if (isSettled) return;
			isSettled = true;
			clearTimeout(timer);
			if (echoed === "not-noted" && notNoted++ === 0)
				log.warn("people are told that it is saved without a note of it in the wire: Postgres is away or slow");
			resolve(echoed);
		};
		const timer = setTimeout(() => {
			isAway = true;
			settle("not-noted");
		}, withinMs);
		waiting.push({ key: randomUUID(), commit, settle });
		if (waiting.length > KEPT_MOST) waiting.shift()?.settle("not-noted");
		if (isAway) settle("not-noted");
		// The turn of the event loop that is running may bring more: they go together.
		if (!isFlushing && waiting.length === 1) setImmediate(() => !isFlushing && void flush());
	});
}

async function flush(): Promise<void> {
	isFlushing = true;
	while (waiting.length > 0) {
		const group = waiting.slice(0, ROWS_A_FLUSH);
		try {
			const inTime = await store(group);
			isAway = false;
			waiting = waiting.filter((one) => !group.includes(one));
			for (const one of group) one.settle(inTime.get(one.key) ? "in-time" : "too-late");
			if (notNoted > 0) log.info({ notNoted }, "what people were told without a note of it is noted now");
			notNoted = 0;
		} catch (error) {
			isAway = true;
			for (const one of group) one.settle("not-noted");
			log.debug({ error: (error as Error).message }, "writes could not be noted");
			await new Promise((resolve) => setTimeout(resolve, AGAIN_MS).unref());
		}
	}
	isFlushing = false;
}

async function store(group: Waiting[]): Promise<Map<string, boolean>> {
	const { rows } = await wirePool().query<{ key: string; isInTime: boolean }>({
		name: "store-writes",
		text: STORE,
		values: [
			group.map((one) => one.key),
			group.map((one) => one.commit.epoch),
			group.map((one) => one.commit.txid),
			group.map((one) => JSON.stringify(one.commit.notes)),
			group.map((one) => JSON.stringify(one.commit.sequences)),
		],
		// A statement that hangs would hold up all that come after it.
		query_timeout: STATEMENT_MS,
	} as never);
	return new Map(rows.map((row) => [row.key, row.isInTime]));
}
