import { wirePool } from "./pool.ts";

/** Postgres's own clock: Unix ms, rounded down. */
export async function wireNow(): Promise<number> {
	const { rows } = await wirePool().query<{ now: number }>({
		name: "wire-now",
		text: "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now",
	});
	return rows[0]!.now;
}
