import { readdirSync, readFileSync } from "node:fs";
import { round } from "./print.ts";

const EVERY_MS = 1_000;
/** What a process takes to come to its size is no growth. */
const WARM_UP = 0.2;

export interface MemoryFigures {
	least: number;
	median: number;
	most: number;
	/** MB a minute over the last four fifths of the run: the straight line that fits best. */
	slopeAMinute: number;
}

/** Samples resident memory once a second, in MB; Linux. `sizeOf` may fail: who has gone has no size. */
export function watchMemory(processes: Record<string, () => number>): { stop(): Record<string, MemoryFigures> } {
	const samples = Object.fromEntries(Object.keys(processes).map((name) => [name, [] as [at: number, size: number][]]));
	const from = performance.now();
	const look = () => {
		for (const [name, sizeOf] of Object.entries(processes)) {
			try {
				samples[name]!.push([(performance.now() - from) / 60_000, sizeOf()]);
			} catch {
				// It has ended.
			}
		}
	};
	look();
	const timer = setInterval(look, EVERY_MS);
	return {
		stop() {
			clearInterval(timer);
			look();
			return Object.fromEntries(Object.entries(samples).map(([name, of]) => [name, figuresOf(of)]));
		},
	};
}

export function residentMegabytes(pid: number): number {
	return kilobytes(`/proc/${pid}/status`, /VmRSS:\s+(\d+)/) / 1024;
}

/** Of a Postgres: all of its processes, what they share counted once. */
export function postgresMegabytes(pid: number): number {
	const all = readdirSync("/proc").filter(
		(entry) => /^\d+$/.test(entry) && (entry === String(pid) || parentOf(entry) === pid),
	);
	return all.reduce((sum, each) => sum + kilobytes(`/proc/${each}/smaps_rollup`, /^Pss:\s+(\d+)/m), 0) / 1024;
}

function parentOf(pid: string): number {
	try {
		return Number(
			readFileSync(`/proc/${pid}/stat`, "utf8")
				.replace(/^.*\) \S+ /, "")
				.split(" ")[0],
		);
	} catch {
		return 0;
	}
}

function kilobytes(file: string, pattern: RegExp): number {
	return Number(pattern.exec(readFileSync(file, "utf8"))?.[1] ?? 0);
}

function figuresOf(samples: [at: number, size: number][]): MemoryFigures {
	const sizes = samples.map(([, size]) => size).sort((a, b) => a - b);
	const later = samples.slice(Math.floor(samples.length * WARM_UP));
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const [at, size] = [mean(later.map(([x]) => x)), mean(later.map(([, y]) => y))];
	const spread = later.reduce((sum, [x]) => sum + (x - at) ** 2, 0);
	const along = later.reduce((sum, [x, y]) => sum + (x - at) * (y - size), 0);
	return {
		least: Math.round(sizes[0]!),
		median: Math.round(sizes[Math.floor(sizes.length / 2)]!),
		most: Math.round(sizes.at(-1)!),
		slopeAMinute: spread > 0 ? round(along / spread) : 0,
	};
}
