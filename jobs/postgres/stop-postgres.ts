import { setTimeout as pause } from "node:timers/promises";
import { runsOn } from "./find-postmaster.ts";

/** SIGINT is Postgres's fast shutdown: it ends its sessions, writes a checkpoint and goes. */
const FAST_WITHIN_MS = 30_000;
/** SIGQUIT ends it without a checkpoint: what was committed is safe, the next start replays it. */
const IMMEDIATE_WITHIN_MS = 5_000;

/** Ends a Postgres and resolves when it is gone. Safe to call on one that has ended. */
export async function stopPostgres(running: { pid: number; cluster: string }): Promise<void> {
	for (const [signal, withinMs] of [
		["SIGINT", FAST_WITHIN_MS],
		["SIGQUIT", IMMEDIATE_WITHIN_MS],
		["SIGKILL", IMMEDIATE_WITHIN_MS],
	] as const) {
		if (!runsOn(running.pid, running.cluster)) return;
		try {
			process.kill(running.pid, signal);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
		}
		const giveUpAt = Date.now() + withinMs;
		while (Date.now() < giveUpAt) {
			if (!runsOn(running.pid, running.cluster)) return;
			await pause(10);
		}
	}
	throw new Error(`Postgres (pid ${running.pid}) does not stop`);
}
