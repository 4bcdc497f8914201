import { wirePool } from "./wire/pool.ts";

/**
 * Frees the jobs that dead workers hold; without it they would wait four hours. Call it only while holding the turn
 * (take-turn.ts) and before this process's own runner starts: then every lock is a dead one's.
 */
export async function freeDeadLocks(): Promise<void> {
	await wirePool().query(
		`SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT locked_by))
		 FROM graphile_worker.jobs WHERE locked_by IS NOT NULL HAVING count(*) > 0`,
	);
}
