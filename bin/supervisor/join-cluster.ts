import { setTimeout as pause } from "node:timers/promises";
import { claimInstallationKey, isInstallationKey } from "#jobs/wire/installation-key.ts";
import { migrateWire } from "#jobs/wire/migrate.ts";
import { closeWire } from "#jobs/wire/pool.ts";
import { PlainError } from "./plain-error.ts";

const AGAIN_MS = 1_000;

/**
 * What one of several nodes does before its processes start: it compares its key with the installation's, and brings the wire to its own code's
 * schema, which older code beside it can work with (docs/decisions/086). Waits for as long as Postgres is away.
 *
 * @throws PlainError where the key is another.
 */
export async function joinCluster(say: (line: string) => void, stop: AbortSignal): Promise<void> {
	let said = "";
	try {
		while (!stop.aborted) {
			try {
				refuseUnless(await isInstallationKey());
				await migrateWire();
				refuseUnless(await claimInstallationKey());
				return;
			} catch (error) {
				if (error instanceof PlainError) throw error;
				const why = (error as Error).message || String((error as { code?: string }).code);
				if (why !== said) say(`Postgres (JOBS_DATABASE_URL) is not there yet: ${why}; tried again`);
				said = why;
			}
			await pause(AGAIN_MS);
		}
	} finally {
		await closeWire();
	}
}

function refuseUnless(isOurs: boolean): void {
	if (!isOurs)
		throw new PlainError(
			"SECRET_KEY: this installation has another one; give each node the same, and the sending nodes too",
		);
}
