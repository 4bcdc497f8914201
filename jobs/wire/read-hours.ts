import { wirePool } from "./pool.ts";
import type { Fact } from "./provider-hours.ts";

export interface Counted {
	fact: Fact;
	key: number;
	count: number;
}

/** What a provider did from an hour on (unix ms), by country. */
export async function readByCountry(providerId: number, from: number): Promise<(Counted & { country: string })[]> {
	const { rows } = await wirePool().query<Counted & { country: string }>(
		`SELECT country, fact, key, sum(count)::float8 AS count FROM wire.provider_hours
		  WHERE provider_id = $1 AND hour >= to_timestamp($2) GROUP BY country, fact, key`,
		[providerId, from / 1000],
	);
	return rows;
}

/** The same by hour or by day of a time zone; `at`: unix ms of its beginning, the newest first. */
export async function readByTime(
	providerId: number,
	from: number,
	by: { unit: "hour" | "day"; timeZone: string },
): Promise<(Counted & { at: number })[]> {
	const { rows } = await wirePool().query<Counted & { at: number }>(
		`SELECT (extract(epoch FROM date_trunc($3, hour, $4)) * 1000)::float8 AS at, fact, key, sum(count)::float8 AS count
		   FROM wire.provider_hours WHERE provider_id = $1 AND hour >= to_timestamp($2) GROUP BY 1, fact, key ORDER BY 1 DESC`,
		[providerId, from / 1000, by.unit, by.timeZone],
	);
	return rows;
}

/** Provider → messages that it took (RESULT 1 and 2) from an hour on. */
export async function readTaken(from: number): Promise<Map<number, number>> {
	const { rows } = await wirePool().query<{ id: number; taken: number }>(
		`SELECT provider_id AS id, sum(count)::float8 AS taken FROM wire.provider_hours
		  WHERE hour >= to_timestamp($1) AND fact = 'result' AND key IN (1, 2) GROUP BY provider_id`,
		[from / 1000],
	);
	return new Map(rows.map(({ id, taken }) => [id, taken]));
}

/** What every provider did from an hour on, over all countries. */
export async function readAllFrom(from: number): Promise<(Counted & { providerId: number })[]> {
	const { rows } = await wirePool().query<Counted & { providerId: number }>(
		`SELECT provider_id AS "providerId", fact, key, sum(count)::float8 AS count FROM wire.provider_hours
		  WHERE hour >= to_timestamp($1) AND fact <> 'wait' GROUP BY provider_id, fact, key`,
		[from / 1000],
	);
	return rows;
}
