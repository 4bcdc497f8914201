import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { randomFrom } from "#app/lib/random-from.ts";
import { keyOf, linesOf, linesPath, type Scene, type StormOp, scenePath } from "./storm.ts";

const workerPath = fileURLToPath(new URL("./storm-worker.ts", import.meta.url));

export interface Done {
	op: StormOp;
	outcome: string;
	/** It had been cut short, and this was told when it was asked for again. */
	isRetry: boolean;
}

export interface Told {
	/** By keyOf: what each operation was and what its worker was told, in the order in which each worker asked. */
	byKey: Map<string, Done>;
	deaths: Deaths;
}

/** How often workers die, all of them together. */
export interface Deaths {
	/** By their own hand at a chosen moment: every other time just before a commit, every other just behind it. */
	own: number;
	/** From outside, at any moment. */
	kills: number;
}

/**
 * Has the scene's workers do their operations, each a process of its own on the one file of books; has them die at random, and starts them
 * again until each has come to its end.
 *
 * @param folder in which they write what they were told.
 */
export async function runStorm(scene: Scene, folder: string, deaths: Deaths): Promise<Told> {
	writeFileSync(scenePath(folder), JSON.stringify(scene));
	const workers = Array.from({ length: scene.workers }, (_, worker) => worker);
	const lives = await Promise.all(workers.map((worker) => live(scene, folder, worker, deaths)));
	const byKey = new Map<string, Done>();
	for (const worker of workers) for (const [key, done] of readDone(folder, worker)) byKey.set(key, done);
	const sum = (of: keyof Deaths) => lives.reduce((all, one) => all + one[of], 0);
	return { byKey, deaths: { own: sum("own"), kills: sum("kills") } };
}

async function live(scene: Scene, folder: string, worker: number, deaths: Deaths): Promise<Deaths> {
	const random = randomFrom(scene.seed * 17 + worker);
	// Early enough that the worker has not come to its end when it is done.
	const moments = (all: number) =>
		Array.from({ length: all }, (_, i) => i)
			.filter((i) => i % scene.workers === worker)
			.map((i) => ({ from: Math.floor(random() * scene.operations * 0.8), isBefore: i % 2 === 0 }))
			.sort((a, b) => a.from - b.from);
	const own = moments(deaths.own);
	const kills = moments(deaths.kills);
	const seen = { own: 0, kills: 0 };
	for (;;) {
		const death = own[0] ? [String(own[0].from), own[0].isBefore ? "before commit" : "behind commit"] : [];
		const child: ChildProcess = fork(workerPath, [folder, String(worker), ...death], {
			stdio: ["ignore", "ignore", "inherit", "ipc"],
		});
		let isKilled = false;
		child.on("message", (at: number) => {
			if (isKilled || kills[0] === undefined || at < kills[0].from) return;
			isKilled = true;
			kills.shift();
			child.kill("SIGKILL");
		});
		const [code, signal] = (await once(child, "close")) as [number | null, string | null];
		if (code === 0) return seen;
		if (signal !== "SIGKILL") throw new Error(`worker ${worker} ended with ${code ?? signal}`);
		seen[isKilled ? "kills" : "own"]++;
		if (!isKilled) own.shift();
	}
}

function readDone(folder: string, worker: number): Map<string, Done> {
	const done = new Map<string, Done>();
	let asked: { at: number; op: StormOp } | undefined;
	for (const line of linesOf(readFileSync(linesPath(folder, worker), "utf8"))) {
		if ("op" in line) asked = line;
		else if (asked?.at === line.at)
			done.set(keyOf(worker, line.at), { op: asked.op, outcome: line.outcome, isRetry: line.isRetry });
	}
	return done;
}
