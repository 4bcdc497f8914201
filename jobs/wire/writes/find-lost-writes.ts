import { wirePool } from "../pool.ts";
import type { WrittenEntry } from "./written-entry.ts";

// The books of an epoch hold what was written under it, and of each epoch that they came from what it had when they left it.
const LINE = `
WITH RECURSIVE line (epoch, cut) AS (
	SELECT base_epoch, base_txid FROM wire.epochs WHERE n = $1 AND base_epoch > 0
	UNION ALL
	SELECT e.base_epoch, e.base_txid FROM line JOIN wire.epochs e ON e.n = line.epoch
	 WHERE e.base_epoch > 0 AND e.base_epoch < e.n
)`;

// Where the line begins with books of which nobody knows whence they came (new ones, or a copy that was put there by hand), there is nothing before
// it to compare with. By epoch and transaction, so that what is kept costs nothing: it is never looked at.
const MISSING = `${LINE}
SELECT w.key, w.epoch, w.txid, w.entries, w.sequences, w.is_in_time AS "isInTime"
  FROM wire.epochs e LEFT JOIN line ON line.epoch = e.n
  CROSS JOIN LATERAL (
	SELECT * FROM wire.writes WHERE epoch = e.n AND (txid > coalesce(line.cut, -1) OR txid IS NULL)
  ) w
 WHERE e.n < $1 AND e.n >= coalesce((SELECT min(epoch) FROM line), $1) AND e.ended_at > now() - interval '15 days'
   AND NOT EXISTS (SELECT 1 FROM wire.lost_writes l WHERE l.key = w.key)
 ORDER BY w.epoch, w.txid, w.key`;

const KEEP = `
INSERT INTO wire.lost_writes (key, nth, epoch, txid, found_epoch, entry, sequences, is_in_time, verb, user_id)
SELECT u.key, u.nth, u.epoch, u.txid, $1, u.entry, u.sequences, u.is_in_time, u.verb, u.user_id
  FROM unnest($2::uuid[], $3::int[], $4::bigint[], $5::bigint[], $6::text[], $7::jsonb[], $8::boolean[], $9::text[], $10::bigint[])
       WITH ORDINALITY AS u (key, nth, epoch, txid, entry, sequences, is_in_time, verb, user_id, at)
 ORDER BY u.at
ON CONFLICT (key, nth) DO NOTHING`;

// Books of before may come to lead again, when those that had lost it are lost themselves.
const BACK = `${LINE}, found AS (
	SELECT l.id, EXISTS (SELECT 1 FROM line WHERE line.epoch = l.epoch AND l.txid <= line.cut) OR l.epoch = $1 AS is_back
	  FROM wire.lost_writes l
)
UPDATE wire.lost_writes l SET is_back = found.is_back FROM found WHERE found.id = l.id AND l.is_back <> found.is_back`;

interface MissingWrite {
	key: string;
	epoch: number;
	txid: number | null;
	/** JSON. */
	entries: string;
	sequences: Record<string, number>;
	isInTime: boolean;
}

/**
 * Finds which of the writes that people made the books of this epoch do not have, and keeps them in wire.lost_writes. May be run again at any
 * time: a note that came late is found then.
 *
 * @returns entries that were found now.
 */
export async function findLostWrites(epoch: number): Promise<number> {
	await wirePool().query(BACK, [epoch]);
	const { rows } = await wirePool().query<MissingWrite>(MISSING, [epoch]);
	const entries = rows.flatMap((row) =>
		(JSON.parse(row.entries) as WrittenEntry[]).map((entry, nth) => ({ ...row, nth, entry })),
	);
	if (entries.length === 0) return 0;
	const { rowCount } = await wirePool().query(KEEP, [
		epoch,
		entries.map((one) => one.key),
		entries.map((one) => one.nth),
		entries.map((one) => one.epoch),
		entries.map((one) => one.txid),
		entries.map((one) => JSON.stringify(one.entry)),
		entries.map((one) => JSON.stringify(one.sequences)),
		entries.map((one) => one.isInTime),
		entries.map((one) => one.entry.verb),
		entries.map((one) => one.entry.behindUserId ?? one.entry.userId),
	]);
	return rowCount ?? 0;
}
