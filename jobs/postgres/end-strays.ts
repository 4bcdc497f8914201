import { readdirSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** Backends whose postmaster is gone end by themselves within moments; this is how long they are given. */
const BY_THEMSELVES_MS = 2_000;
const BY_FORCE_MS = 5_000;

/**
 * Ends every Postgres process on this cluster that no lock file tells of: backends that outlived their postmaster, and a
 * postmaster that a killed supervisor had only just started. A new one refuses to start beside them, or fights over the lock file
 * with them. Call it when findPostmaster finds none. Linux only; elsewhere they end by themselves.
 */
export async function endStrays(cluster: string): Promise<void> {
	const from = Date.now();
	for (;;) {
		const strays = straysOn(cluster);
		if (strays.length === 0) return;
		const waitedMs = Date.now() - from;
		if (waitedMs > BY_THEMSELVES_MS + BY_FORCE_MS)
			throw new Error(`Postgres processes on ${cluster} do not end: ${strays.join(", ")}`);
		// What was committed is in the write-ahead log; nothing is lost by the hard way.
		if (waitedMs > BY_THEMSELVES_MS) for (const pid of strays) kill(pid);
		await pause(20);
	}
}

function straysOn(cluster: string): number[] {
	let names: string[];
	try {
		names = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
	} catch {
		return [];
	}
	const folder = realpathSync(cluster);
	return names.filter((name) => isOn(name, folder)).map(Number);
}

function isOn(pid: string, folder: string): boolean {
	try {
		const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
		// A zombie has no command line. Before it enters its folder, a new postmaster names it.
		const isPostgres = /^(\S*\/)?postgres\b/.test(command);
		return isPostgres && (command.includes(`-D\0${folder}\0`) || readlinkSync(`/proc/${pid}/cwd`) === folder);
	} catch {
		// It has ended meanwhile, or is none of ours.
		return false;
	}
}

function kill(pid: number): void {
	try {
		process.kill(pid, "SIGKILL");
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
	}
}
