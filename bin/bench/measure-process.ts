import { readFileSync } from "node:fs";
import type { BenchHouse } from "./bench-house.ts";
import { round } from "./print.ts";

const TICKS_A_SECOND = 100;

/** Processor seconds (user and system) that a process and its threads have used; Linux. */
export function cpuSeconds(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
		.replace(/^.*\) /, "")
		.split(" ");
	return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** Processor seconds of all processes whose parent is `pid`, those that have ended included. */
export function childrenCpuSeconds(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
		.replace(/^.*\) /, "")
		.split(" ");
	const ended = (Number(fields[13]) + Number(fields[14])) / TICKS_A_SECOND;
	const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
	return children.reduce((sum, child) => sum + cpuSeconds(Number(child)), ended);
}

/** Highest resident memory of a process so far, in MB. */
export function peakMegabytes(pid: number): number {
	const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? "0";
	return Math.round(Number(kilobytes) / 1024);
}

/** Processor seconds so far of Postgres and, where the books are on its mount, of LiteFS. */
export function othersCpu({ postgresPid, litefsPid }: BenchHouse): { postgres: number; litefs?: number } {
	return {
		postgres: childrenCpuSeconds(postgresPid),
		...(litefsPid && { litefs: cpuSeconds(litefsPid) }),
	};
}

/** What they have used since, in seconds for a million of `count`. */
export function sinceThen(house: BenchHouse, then: ReturnType<typeof othersCpu>, count: number): typeof then {
	const now = othersCpu(house);
	const each = (to: number, from: number) => round(((to - from) * 1e6) / count);
	return {
		postgres: each(now.postgres, then.postgres),
		...(now.litefs !== undefined && { litefs: each(now.litefs, then.litefs!) }),
	};
}
