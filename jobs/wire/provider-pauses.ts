import { wirePool } from "./pool.ts";

/** A provider asked for a pause: for every process, over restarts. A longer pause that is already noted stays. */
export async function pauseProvider(providerId: number, ms: number): Promise<void> {
	await wirePool().query(
		`INSERT INTO wire.provider_pauses (provider_id, until) VALUES ($1, now() + $2 * interval '1 ms')
		 ON CONFLICT (provider_id) DO UPDATE SET until = greatest(wire.provider_pauses.until, excluded.until)`,
		[providerId, ms],
	);
}

/** Milliseconds until the provider may be called again; 0: now. */
export async function providerPauseLeft(providerId: number): Promise<number> {
	const { rows } = await wirePool().query<{ ms: number }>(
		"SELECT greatest(0, extract(epoch FROM until - now()) * 1000)::float8 AS ms FROM wire.provider_pauses WHERE provider_id = $1",
		[providerId],
	);
	return Math.ceil(rows[0]?.ms ?? 0);
}
