import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resetEnv } from "#app/lib/env.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { stopPostgres } from "../postgres/stop-postgres.ts";
import { migrateWire } from "../wire/migrate.ts";
import { closeWire } from "../wire/pool.ts";

/** A Postgres of a test's own, which it may stop and start without taking it from the others; JOBS_DATABASE_URL leads to it. */
export async function startOwnPostgres(): Promise<{ restart(): Promise<void>; close(): Promise<void> }> {
	const folder = mkdtempSync(join(tmpdir(), "own-postgres-"));
	// Root's Postgres runs as another user, who must get in.
	chmodSync(folder, 0o755);
	const start = () => startPostgres(folder, { synchronous_commit: "on", shared_buffers: "32MB" });
	let postgres = await start();
	process.env.JOBS_DATABASE_URL = postgres.url;
	resetEnv();
	await migrateWire();
	return {
		async restart() {
			await stopPostgres(postgres);
			postgres = await start();
		},
		async close() {
			await closeWire();
			await stopPostgres(postgres);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
