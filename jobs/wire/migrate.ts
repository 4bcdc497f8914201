import { readdirSync, readFileSync } from "node:fs";
import { runMigrations } from "graphile-worker";
import { ensurePartitions } from "./partitions.ts";
import { wirePool } from "./pool.ts";

const folder = new URL("./migrations/", import.meta.url);

/** Brings the queue (Graphile Worker's own schema) and the wire to the newest schema. Safe to run again and side by side. */
export async function migrateWire(): Promise<void> {
	await runMigrations({ pgPool: wirePool() });
	const client = await wirePool().connect();
	try {
		await client.query("SELECT pg_advisory_lock(7401)");
		await client.query("CREATE SCHEMA IF NOT EXISTS wire");
		await client.query(
			"CREATE TABLE IF NOT EXISTS wire.migrations (name text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())",
		);
		const { rows } = await client.query<{ name: string }>("SELECT name FROM wire.migrations");
		const done = new Set(rows.map((row) => row.name));
		const files = readdirSync(folder)
			.filter((name) => name.endsWith(".sql"))
			.sort();
		for (const name of files) {
			if (done.has(name)) continue;
			await client.query("BEGIN");
			await client.query(readFileSync(new URL(name, folder), "utf8"));
			await client.query("INSERT INTO wire.migrations (name) VALUES ($1)", [name]);
			await client.query("COMMIT");
		}
	} catch (error) {
		await client.query("ROLLBACK").catch(() => {});
		throw error;
	} finally {
		await client.query("SELECT pg_advisory_unlock(7401)").catch(() => {});
		client.release();
	}
	await ensurePartitions();
}
