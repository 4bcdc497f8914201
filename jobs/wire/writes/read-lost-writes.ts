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

/** What one person has lost. */
export interface PersonsLoss {
	personId: number;
	/** The oldest of them. */
	first: LostWrite[];
	/** How many there are, and the id of the newest. */
	count: number;
	lastId: number;
}

/** People with ids above `after` who have lost writes for good, by id. Deeds of the verbs in `except` are no loss. */
export async function peopleWhoLost(after: number, except: readonly string[], limit: number): Promise<number[]> {
	const { rows } = await wirePool().query<{ id: number }>(
		`SELECT DISTINCT user_id::float8 AS id FROM wire.lost_writes
		  WHERE NOT is_back AND user_id > $1 AND verb <> ALL ($2::text[]) ORDER BY id LIMIT $3`,
		[after, except, limit],
	);
	return rows.map(({ id }) => id);
}

/**
 * What each of these people has lost for good beyond the lost write `told`: up to `most` of each. Who has lost nothing more is left out.
 */
export async function lossesOfEach(
	asked: readonly { personId: number; told: number }[],
	except: readonly string[],
	most: number,
): Promise<PersonsLoss[]> {
	const { rows } = await wirePool().query<Row & { count: number; lastId: number }>(
		`SELECT ${COLUMNS}, count, "lastId" FROM unnest($1::bigint[], $2::bigint[]) AS asked (person, told) CROSS JOIN LATERAL (
		   SELECT *, (count(*) OVER ())::int AS count, (max(id) OVER ())::float8 AS "lastId" FROM wire.lost_writes
		    WHERE NOT is_back AND user_id = asked.person AND id > asked.told AND verb <> ALL ($3::text[]) ORDER BY id LIMIT $4) AS own
		  ORDER BY id`,
		[asked.map(({ personId }) => personId), asked.map(({ told }) => told), except, most],
	);
	return [...Map.groupBy(rows, ({ personId }) => personId!)].map(([personId, own]) => ({
		personId,
		first: own.map(({ count: _count, lastId: _lastId, ...row }) => readRow(row)),
		count: own[0]!.count,
		lastId: own[0]!.lastId,
	}));
}

/** Taking over by taking over, what was lost for good beyond the lost write `told`: how many, when it was found, the id of the newest. */
export async function lossesBeyond(told: number): Promise<(LossyTakeOver & { lastId: number })[]> {
	const { rows } = await wirePool().query<LossyTakeOver & { lastId: number }>(
		`SELECT found_epoch AS epoch, (extract(epoch FROM min(found_at)) * 1000)::float8 AS "atUtc", count(*)::int AS entries, max(id)::float8 AS "lastId"
		   FROM wire.lost_writes WHERE NOT is_back AND id > $1 GROUP BY found_epoch ORDER BY found_epoch`,
		[told],
	);
	return rows.map((row) => ({ ...row, atUtc: Math.round(row.atUtc) }));
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
