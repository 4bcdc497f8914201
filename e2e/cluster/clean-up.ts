import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { KeptProcesses } from "./kept-processes.ts";
import { removeNetwork } from "./network.ts";

/** Leaves nothing of a run, whether it ended or was killed: processes, mounts, networks, files. */
export async function cleanUp(folder: string): Promise<void> {
	await new KeptProcesses(folder).endAll();
	for (const line of readFileSync("/proc/mounts", "utf8").split("\n")) {
		const path = line.split(" ")[1];
		if (path?.startsWith(`${folder}/`)) unmount(path);
	}
	removeNetwork();
	rmSync(folder, { recursive: true, force: true });
}

export function unmount(path: string): void {
	if (!readFileSync("/proc/mounts", "utf8").includes(` ${path} `)) return;
	// LiteFS's mounts, and disks of memory.
	execFileSync("umount", ["-l", path]);
}
