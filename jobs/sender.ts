import { setPriority } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { onStop } from "#app/lib/stop-with-parent.ts";
import { forgetHealth } from "#app/modules/delivery/standing.server.ts";
import { liveAsSender } from "./sender-life.ts";
import { isInstallationKey } from "./wire/installation-key.ts";
import { closeWire } from "./wire/pool.ts";

/**
 * A sending node: makes calls to providers for the process that has the books, with Postgres alone (docs/decisions/082). Imports nothing of the
 * books; the lint rule `sender-without-books` says so.
 */

const AGAIN_MS = 1_000;
const NICENESS = 5;

const stopping = new AbortController();
let life: Promise<unknown> = Promise.resolve();

onStop(async () => {
	stopping.abort();
	await life;
	await closeWire();
});

async function main(): Promise<void> {
	if (!env().JOBS_DATABASE_URL) throw new Error("JOBS_DATABASE_URL must name the installation's Postgres");
	// Else a key of its own would be made, which opens nothing.
	if (!env().SECRET_KEY) throw new Error("SECRET_KEY must be the installation's");
	setPriority(NICENESS);
	while (!stopping.signal.aborted) {
		// Postgres away is no reason to end.
		if (!(await isInstallationKey().catch(() => true)))
			throw new Error("SECRET_KEY is not the installation's: give each of its nodes the same");
		const { SENDER_LEASE_MS, FAILOVER_STEP_MS } = env();
		life = liveAsSender(SENDER_LEASE_MS, FAILOVER_STEP_MS / 2, stopping.signal).then(
			(end) => {
				if (end === "lost") log.warn("this sender was given up; it begins anew");
				forgetHealth();
			},
			(error) => log.warn({ error: String(error) }, "no sender's life could begin; tried again"),
		);
		await life;
		await pause(AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => {});
	}
}

main().catch((error) => {
	log.fatal({ error: String(error) }, "the sender could not start");
	process.exit(1);
});
