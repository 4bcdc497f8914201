import { wirePool } from "./pool.ts";

/** A provider asked for a pause: for every process, over restarts. A longer pause that is already noted stays. */
export async function pauseProvider(providerId: number, ms: number): Promise<void> {
	await wirePool().query(
		`INSERT INTO wire.provider_pauses (provider_id, until) VALUES ($1, now() + $2 * interval '1 ms')
		 ON CONFLICT (provider_id) DO UPDATE SET until = greatest(wire.provider_pauses.until, excluded.until)`,
		[providerId, ms],
	);
}
