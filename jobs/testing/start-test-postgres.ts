import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { resetEnv } from "#app/lib/env.ts";
import { findPostmaster } from "#jobs/postgres/find-postmaster.ts";
import { startPostgres } from "#jobs/postgres/start-postgres.ts";
import { stopPostgres } from "#jobs/postgres/stop-postgres.ts";
import { migrateWire } from "#jobs/wire/migrate.ts";
import { closeWire } from "#jobs/wire/pool.ts";

declare module "vitest" {
	interface ProvidedContext {
		/** A migrated database that testWire() copies; nobody connects to it. */
		wireTemplateUrl: string;
	}
}

const PREFIX = "wire-tests-";

/** Vitest's global set-up: one Postgres for the whole run, its schema made once. */
export default async function startTestPostgres(project: TestProject): Promise<() => Promise<void>> {
	await sweepDeadRuns();
	const folder = join(tmpdir(), `${PREFIX}${process.pid}`);
	mkdirSync(folder);
	chmodSync(folder, 0o755);
	// Tests lose nothing that matters when the power goes.
	const postgres = await startPostgres(folder, { fsync: "off", synchronous_commit: "off", shared_buffers: "32MB" });
	process.env.JOBS_DATABASE_URL = postgres.url;
	resetEnv();
	await migrateWire();
	await closeWire();
	// A test that forgets `testWire` must not write into what the others are copied from.
	delete process.env.JOBS_DATABASE_URL;
	resetEnv();
	project.provide("wireTemplateUrl", postgres.url);
	return async () => {
		await stopPostgres(postgres);
		rmSync(folder, { recursive: true, force: true });
	};
}

/** A run that was killed leaves its Postgres behind. */
async function sweepDeadRuns(): Promise<void> {
	for (const name of readdirSync(tmpdir())) {
		if (!name.startsWith(PREFIX) || isAlive(Number(name.slice(PREFIX.length)))) continue;
		const cluster = join(tmpdir(), name, "postgres", "cluster");
		const left = existsSync(cluster) ? findPostmaster(cluster) : undefined;
		if (left) await stopPostgres({ pid: left.pid, cluster });
		rmSync(join(tmpdir(), name), { recursive: true, force: true });
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "EPERM";
	}
}
