import { wirePool } from "./pool.ts";

/** Class of the advisory locks that say that a sender's process is there, by its id; frozen, perhaps, but not gone. */
export const SENDER_LOCKS = 7420;
/** A sender that has not been seen for so many of its leases is given up. */
const LEASES_UNTIL_DEAD = 2.5;

const IS_GONE = (
	id: string,
) => `NOT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = ${SENDER_LOCKS}
	AND objid = ${id} AND objsubid = 2 AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`;

/** @returns the sender's id, new for each life. */
export async function joinSenders(node: string, leaseMs: number): Promise<number> {
	const { rows } = await wirePool().query<{ id: number }>(
		"INSERT INTO wire.senders (node, lease_ms) VALUES ($1, $2) RETURNING id",
		[node, leaseMs],
	);
	return rows[0]!.id;
}

/** A sender's heartbeat. False: it was given up, and what it has in hand is no longer its own. */
export async function beatSender(id: number): Promise<boolean> {
	const { rowCount } = await wirePool().query({
		name: "beat-sender",
		text: "UPDATE wire.senders SET seen_at = now() WHERE id = $1 AND dead_at IS NULL",
		values: [id],
	});
	return rowCount === 1;
}

/** A sender that has ended all of its batches takes no more, and gives its places back. */
export async function leaveSenders(id: number): Promise<void> {
	await wirePool().query("UPDATE wire.senders SET dead_at = now() WHERE id = $1", [id]);
	await wirePool().query("DELETE FROM wire.lent_places WHERE sender_id = $1", [id]);
}

/** Whether anybody is registered at all, and how many of them may be left calls now. */
export interface Senders {
	isAny: boolean;
	live: number;
}

/**
 * Looks who is there, for the process that has the books; gives up who has not been seen for too long: its batches are closed, so that
 * it can neither take another nor say anything of those that it has, and forgets those who have gone and left nothing behind.
 */
export async function reviewSenders(): Promise<Senders> {
	const { rows } = await wirePool().query<{ isDead: boolean; isLate: boolean; isLive: boolean }>({
		name: "review-senders",
		text: `SELECT dead_at IS NOT NULL AS "isDead", now() - seen_at > lease_ms * ${LEASES_UNTIL_DEAD} * interval '1 ms' AS "isLate",
		              dead_at IS NULL AND now() - seen_at <= lease_ms * interval '1 ms' AS "isLive" FROM wire.senders`,
	});
	const seen = { isAny: rows.length > 0, live: rows.filter(({ isLive }) => isLive).length };
	if (!rows.some(({ isDead, isLate }) => isDead || isLate)) return seen;
	await wirePool().query(
		`UPDATE wire.senders SET dead_at = now()
		  WHERE dead_at IS NULL AND now() - seen_at > lease_ms * ${LEASES_UNTIL_DEAD} * interval '1 ms'`,
	);
	// A statement of its own: it sees what was taken in the moment before.
	await wirePool().query(
		`UPDATE wire.offers SET closed_at = now() WHERE closed_at IS NULL AND news IS NULL
		    AND holder IN (SELECT id FROM wire.senders WHERE dead_at IS NOT NULL)`,
	);
	await wirePool().query(
		"DELETE FROM wire.lent_places WHERE sender_id IN (SELECT id FROM wire.senders WHERE dead_at IS NOT NULL)",
	);
	await wirePool().query(`DELETE FROM wire.offers o WHERE is_settled AND ${IS_GONE("o.holder")}`);
	await wirePool().query(
		`DELETE FROM wire.senders s WHERE dead_at IS NOT NULL AND ${IS_GONE("s.id")}
		    AND NOT EXISTS (SELECT 1 FROM wire.offers o WHERE o.holder = s.id)`,
	);
	return seen;
}

/**
 * Batches of senders that were given up and may only be frozen: a call of theirs that was about to begin could still reach its provider,
 * so that "absent" proves nothing yet.
 */
export async function frozenBatches(): Promise<Set<number>> {
	const { rows } = await wirePool().query<{ batchId: number }>(
		`SELECT batch_id AS "batchId" FROM wire.offers o
		  WHERE closed_at IS NOT NULL AND holder IS NOT NULL AND NOT (${IS_GONE("o.holder")})`,
	);
	return new Set(rows.map(({ batchId }) => batchId));
}
