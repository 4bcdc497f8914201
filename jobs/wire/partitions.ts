import { wirePool } from "./pool.ts";

const PARTITIONED = ["intents", "outcomes", "receipts", "evidence", "message_ids", "signed_events", "writes"] as const;
const DAYS_AHEAD = 3;
export const WIRE_DAYS_KEPT = 14;

function dayName(time: number): string {
	return new Date(time).toISOString().slice(0, 10);
}

/**
 * Makes today's partition and those of the next three days, and drops those past 14 days. Called at start and by the sidecar's
 * upkeep every hour: three days ahead is how long upkeep may be missing before a write fails.
 */
export async function ensurePartitions(now = Date.now()): Promise<void> {
	const dayMs = 86_400_000;
	const client = await wirePool().connect();
	try {
		await client.query("SELECT pg_advisory_lock(7402)");
		for (const table of PARTITIONED) {
			for (let ahead = -1; ahead <= DAYS_AHEAD; ahead++) {
				const from = dayName(now + ahead * dayMs);
				const to = dayName(now + (ahead + 1) * dayMs);
				const name = `${table}_${from.replaceAll("-", "")}`;
				await client.query(
					`CREATE TABLE IF NOT EXISTS wire.${name} PARTITION OF wire.${table} FOR VALUES FROM ('${from}T00:00:00Z') TO ('${to}T00:00:00Z')`,
				);
			}
			const { rows } = await client.query<{ name: string }>(
				"SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = $1::regclass",
				[`wire.${table}`],
			);
			const oldest = `${table}_${dayName(now - WIRE_DAYS_KEPT * dayMs).replaceAll("-", "")}`;
			for (const { name } of rows) if (name < oldest) await client.query(`DROP TABLE wire.${name}`);
		}
	} finally {
		await client.query("SELECT pg_advisory_unlock(7402)").catch(() => {});
		client.release();
	}
}
