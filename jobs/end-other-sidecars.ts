import { setTimeout as pause } from "node:timers/promises";
import { wirePool } from "./wire/pool.ts";

const LOOK_MS = 20;

/** What a sidecar's connections are called, so that its successor can tell them from its own. */
export function sidecarConnections(bootId: string): string {
	return `sidecar ${bootId}`;
}

/**
 * Ends every connection to Postgres that another sidecar has, and resolves once they are gone. Whatever such a sidecar had under way there is
 * then either done or will never be: one that was paused, or cut off from LiteFS, still holds its turn. Call it after taking an epoch, which
 * keeps it from beginning anything new.
 */
export async function endOtherSidecars(bootId: string): Promise<number> {
	let ended = 0;
	for (;;) {
		const { rowCount } = await wirePool().query(
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
			  WHERE datname = current_database() AND usename = current_user AND application_name LIKE 'sidecar %' AND application_name <> $1`,
			[sidecarConnections(bootId)],
		);
		if (!rowCount) return ended;
		ended = Math.max(ended, rowCount);
		await pause(LOOK_MS);
	}
}
