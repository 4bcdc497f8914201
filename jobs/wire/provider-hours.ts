import { wirePool } from "./pool.ts";

export type Fact = "result" | "receipt" | "cause" | "wait";

export interface HourRow {
	providerId: number;
	country: string;
	fact: Fact;
	key: number;
	count: number;
}

/** Writes an hour's figures in place of those that it had: all of them or none. @param hour unix ms */
export async function writeHour(hour: number, rows: HourRow[]): Promise<void> {
	const client = await wirePool().connect();
	try {
		await client.query("BEGIN");
		await client.query("SELECT pg_advisory_xact_lock(7404)");
		await client.query("DELETE FROM wire.provider_hours WHERE hour = to_timestamp($1)", [hour / 1000]);
		await client.query(
			`INSERT INTO wire.provider_hours (hour, provider_id, country, fact, key, count)
			 SELECT to_timestamp($1), * FROM unnest($2::int[], $3::text[], $4::text[], $5::int[], $6::bigint[])`,
			[
				hour / 1000,
				rows.map((row) => row.providerId),
				rows.map((row) => row.country),
				rows.map((row) => row.fact),
				rows.map((row) => row.key),
				rows.map((row) => row.count),
			],
		);
		await client.query(
			`INSERT INTO wire.counted_hours (hour) VALUES (to_timestamp($1))
			 ON CONFLICT (hour) DO UPDATE SET counted_at = now()`,
			[hour / 1000],
		);
		await client.query("COMMIT");
		client.release();
	} catch (error) {
		// Whatever state its transaction is in, nobody else gets this connection.
		client.release(true);
		throw error;
	}
}

/** Hour → when it was counted last, both unix ms; from this hour on. */
export async function countedHours(from: number): Promise<Map<number, number>> {
	const { rows } = await wirePool().query<{ hour: number; at: number }>(
		`SELECT (extract(epoch FROM hour) * 1000)::float8 AS hour, (extract(epoch FROM counted_at) * 1000)::float8 AS at
		   FROM wire.counted_hours WHERE hour >= to_timestamp($1)`,
		[from / 1000],
	);
	return new Map(rows.map(({ hour, at }) => [hour, at]));
}

/** Throws away the figures of hours before this one. */
export async function dropHours(before: number): Promise<void> {
	for (const table of ["provider_hours", "counted_hours"])
		await wirePool().query(`DELETE FROM wire.${table} WHERE hour < to_timestamp($1)`, [before / 1000]);
}
