import { type ChildProcess, spawn } from "node:child_process";
import { appendFileSync, existsSync, openSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { identityOf, isSameProcess, type ProcessIdentity } from "#bin/supervisor/process-identity.ts";

const LOOK_MS = 20;

/** Processes of a run, written down as they start, so that the next run can end what a killed one has left. */
export class KeptProcesses {
	private readonly note: string;
	private readonly folder: string;

	constructor(folder: string) {
		this.folder = folder;
		this.note = join(folder, "processes.jsonl");
	}

	/** Starts it in a session of its own; what it says goes to `<name>.log`. */
	start(name: string, [program, args]: [string, string[]], env: Record<string, string>, cwd: string): ChildProcess {
		const log = openSync(join(this.folder, `${name}.log`), "a");
		const child = spawn(program, args, {
			cwd,
			env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "production", ...env },
			detached: true,
			stdio: ["ignore", log, log],
		});
		if (child.pid) this.keep(child.pid);
		return child;
	}

	/** One that somebody else has started for us. */
	keep(pid: number): void {
		const identity = identityOf(pid);
		if (identity) appendFileSync(this.note, `${JSON.stringify(identity)}\n`);
	}

	/** Ends all that any run has started here and that still lives, its children with it. */
	async endAll(): Promise<void> {
		if (!existsSync(this.note)) return;
		const started = readFileSync(this.note, "utf8").split("\n").filter(Boolean);
		const living = started.map((line) => JSON.parse(line) as ProcessIdentity).filter(isSameProcess);
		for (const { pid } of living) for (const one of [...childrenOf(pid), pid]) signal(one, "SIGKILL");
		while (living.some(isSameProcess)) await pause(LOOK_MS);
		rmSync(this.note);
	}
}

/** All below it, the youngest first. */
export function childrenOf(pid: number): number[] {
	try {
		// Each thread has children of its own, and Go starts them from any.
		const direct = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
			readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean).map(Number),
		);
		return direct.flatMap((child) => [...childrenOf(child), child]);
	} catch {
		return [];
	}
}

export function signal(pid: number, name: NodeJS.Signals): void {
	try {
		process.kill(pid, name);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
	}
}
