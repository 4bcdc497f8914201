import { wirePool } from "../pool.ts";

/** Less than notices are kept (90 days): whoever still has one can look up what it is about, and nobody is told of it again. */
const DAYS_KEPT = 60;

/** Forgets what was lost long ago. */
export async function sweepLostWrites(): Promise<void> {
	await wirePool().query("DELETE FROM wire.lost_writes WHERE found_at < now() - make_interval(days => $1)", [
		DAYS_KEPT,
	]);
}
