import type pg from "pg";
import { wirePool } from "./pool.ts";

const PARTITIONED = ["intents", "outcomes", "receipts", "evidence", "message_ids", "signed_events", "writes"] as const;
const DAYS_AHEAD = 3;
const DAY_MS = 86_400_000;
export const WIRE_DAYS_KEPT = 14;

function dayName(time: number): string {
	return new Date(time).toISOString().slice(0, 10);
}

/**
 * Makes today's partition and those of the next three days, and drops those past 14 days. Called at start and by the sidecar's
 * upkeep every hour: three days ahead is how long upkeep may be missing before a write fails. Where all is as it should be, as whenever a node takes
 * the books over, that is one question.
 */
export async function ensurePartitions(now = Date.now()): Promise<void> {
	const wanted = wantedPartitions(now);
	if (await areAsWanted(wanted, now)) return;
	const client = await wirePool().connect();
	try {
		await client.query("SELECT pg_advisory_lock(7402)");
		for (const { name, table, from, to } of wanted)
			await client.query(
				`CREATE TABLE IF NOT EXISTS wire.${name} PARTITION OF wire.${table} FOR VALUES FROM ('${from}T00:00:00Z') TO ('${to}T00:00:00Z')`,
			);
		for (const name of await partitions(client)) if (isPast(name, now)) await client.query(`DROP TABLE wire.${name}`);
	} finally {
		await client.query("SELECT pg_advisory_unlock(7402)").catch(() => {});
		client.release();
	}
}

function wantedPartitions(now: number) {
	const days = Array.from({ length: DAYS_AHEAD + 2 }, (_, i) => now + (i - 1) * DAY_MS);
	return PARTITIONED.flatMap((table) =>
		days.map((day) => ({ table, name: partitionName(table, day), from: dayName(day), to: dayName(day + DAY_MS) })),
	);
}

function partitionName(table: string, time: number): string {
	return `${table}_${dayName(time).replaceAll("-", "")}`;
}

async function partitions(client: Pick<pg.PoolClient, "query">): Promise<string[]> {
	const { rows } = await client.query<{ name: string }>(
		"SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = ANY($1::regclass[])",
		[PARTITIONED.map((table) => `wire.${table}`)],
	);
	return rows.map(({ name }) => name);
}

async function areAsWanted(wanted: { name: string }[], now: number): Promise<boolean> {
	const there = new Set(await partitions(wirePool()));
	return wanted.every(({ name }) => there.has(name)) && ![...there].some((name) => isPast(name, now));
}

function isPast(name: string, now: number): boolean {
	const table = PARTITIONED.find((one) => name.startsWith(`${one}_`));
	return table !== undefined && name < partitionName(table, now - WIRE_DAYS_KEPT * DAY_MS);
}
