import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";

export interface Postmaster {
	pid: number;
	/** Folder of its unix socket. */
	sockets: string;
}

/** The Postgres that runs on this cluster now, whoever started it. A pid that the system has given to another program does not count. */
export function findPostmaster(cluster: string): Postmaster | undefined {
	let lines: string[];
	try {
		lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
	} catch {
		return undefined;
	}
	const pid = Number(lines[0]);
	if (!Number.isInteger(pid) || pid <= 1 || !runsOn(pid, cluster)) return undefined;
	return { pid, sockets: lines[4] ?? "" };
}

/** Whether this process is a Postgres on this cluster: it works in its cluster's folder. */
export function runsOn(pid: number, cluster: string): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
	}
	if (existsSync("/proc/self/cwd")) {
		try {
			return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster) && !isZombie(pid);
		} catch {
			return false;
		}
	}
	try {
		return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).includes(cluster);
	} catch {
		return false;
	}
}

function isZombie(pid: number): boolean {
	return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
}
