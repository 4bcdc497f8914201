import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** A process, told apart from a later one that the system gave the same pid. */
export interface ProcessIdentity {
	pid: number;
	/** When it began, in whatever form the system tells; with the boot on Linux. */
	began: string;
}

/** Undefined where no such process lives (a zombie does not). */
export function identityOf(pid: number): ProcessIdentity | undefined {
	const began = existsSync("/proc/self/stat") ? beganByProc(pid) : beganByPs(pid);
	return began ? { pid, began } : undefined;
}

export function isSameProcess(identity: ProcessIdentity): boolean {
	return identityOf(identity.pid)?.began === identity.began;
}

function beganByProc(pid: number): string | undefined {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
		// The name, in parentheses, may hold spaces: count from its end. Then: state, …, 20th: start in ticks since boot.
		const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
		if (fields[0] === "Z" || fields[0] === "X") return undefined;
		return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}:${fields[19]}`;
	} catch {
		return undefined;
	}
}

function beganByPs(pid: number): string | undefined {
	try {
		return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
	} catch {
		return undefined;
	}
}
