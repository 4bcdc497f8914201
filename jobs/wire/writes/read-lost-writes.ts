import { wirePool } from "../pool.ts";
import type { WrittenEntry } from "./written-entry.ts";

export interface LostWrite {
	id: number;
	/** Number of the taking over that missed it, and when that was (unix ms). */
	foundEpoch: number;
	foundAtUtc: number;
	/** The person at the keyboard; null: the system itself. */
	personId: number | null;
	entry: WrittenEntry;
	/** Whoever wrote it was told that it is saved. */
	isInTime: boolean;
	/** Books that had it lead again. */
	isBack: boolean;
}

/** A taking over that missed something. */
export interface LossyTakeOver {
	epoch: number;
	atUtc: number;
	entries: number;
}

const COLUMNS = `id, found_epoch AS "foundEpoch", (extract(epoch FROM found_at) * 1000)::float8 AS "foundAtUtc", user_id AS "personId",
	entry, is_in_time AS "isInTime", is_back AS "isBack"`;

type Row = Omit<LostWrite, "entry"> & { entry: string };
const readRow = (row: Row): LostWrite => ({
	...row,
	foundAtUtc: Math.round(row.foundAtUtc),
	entry: JSON.parse(row.entry),
});

/** All that are lost for good, as they were found. */
export async function readLostWrites(): Promise<LostWrite[]> {
	const { rows } = await wirePool().query<Row>(`SELECT ${COLUMNS} FROM wire.lost_writes WHERE NOT is_back ORDER BY id`);
	return rows.map(readRow);
}

/**
 * A page of them, newest first.
 *
 * @param words first words of verbs; null: all.
 */
export async function pageOfLostWrites(
	query: { epoch: number | null; words: readonly string[] | null; before: number | null },
	limit: number,
): Promise<LostWrite[]> {
	const { rows } = await wirePool().query<Row>(
		`SELECT ${COLUMNS} FROM wire.lost_writes
		  WHERE id < $1 AND ($2::bigint IS NULL OR found_epoch = $2) AND ($3::text[] IS NULL OR split_part(verb, '.', 1) = ANY ($3))
		  ORDER BY id DESC LIMIT $4`,
		[query.before ?? Number.MAX_SAFE_INTEGER, query.epoch, query.words, limit],
	);
	return rows.map(readRow);
}

/** The newest of those that missed something. */
export async function lossyTakeOvers(limit: number): Promise<LossyTakeOver[]> {
	const { rows } = await wirePool().query<LossyTakeOver>(
		`SELECT found_epoch AS epoch, (extract(epoch FROM min(found_at)) * 1000)::float8 AS "atUtc", count(*)::int AS entries
		   FROM wire.lost_writes GROUP BY found_epoch ORDER BY found_epoch DESC LIMIT $1`,
		[limit],
	);
	return rows.map((row) => ({ ...row, atUtc: Math.round(row.atUtc) }));
}
