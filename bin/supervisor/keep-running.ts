import { type ChildProcess, spawn } from "node:child_process";
import { START_ANEW, START_LITEFS_ANEW } from "#app/lib/start-anew.ts";
import { printOutput } from "./print-output.ts";
import { identityOf, type ProcessIdentity } from "./process-identity.ts";

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
/** One that lived this long was well: the next pause is the first again. */
const WELL_AFTER_MS = 30_000;

export interface ChildPlan {
	/** PROCESS_NAME, and what stands before its lines. */
	name: string;
	/** File to run, relative to the working directory. */
	file: string;
	env: Record<string, string>;
	/** How long it may finish what is in flight. */
	stopWithinMs: number;
}

export interface KeptChild {
	name: string;
	/** Undefined while it is down. */
	identity(): ProcessIdentity | undefined;
	/** How often it has died since the beginning. */
	deaths(): number;
	/** Asks it to end, and after its time ends it; resolves when it is gone. */
	stop(): Promise<void>;
	/** Ends it now, for good. */
	kill(): void;
}

/** Runs a child and starts it again, later each time, whenever it ends before it is told to; `leave` is called where all is to end instead. */
export function keepRunning(
	plan: ChildPlan,
	on: { say(line: string): void; change(): void; leave(): void },
): KeptChild {
	let child: ChildProcess | undefined;
	let timer: NodeJS.Timeout | undefined;
	let pauseMs = FIRST_PAUSE_MS;
	let deaths = 0;
	let isStopping = false;
	let gone: Promise<void> = Promise.resolve();

	const start = () => {
		timer = undefined;
		const startedAt = Date.now();
		const one = spawnChild(plan);
		child = one;
		gone = new Promise((resolve) => {
			const end = (why: string) => {
				if (child !== one) return;
				child = undefined;
				resolve();
				on.change();
				if (isStopping) return;
				if (why === `code ${START_ANEW}`) {
					start();
					return;
				}
				if (why === `code ${START_LITEFS_ANEW}`) {
					on.leave();
					return;
				}
				deaths++;
				if (Date.now() - startedAt >= WELL_AFTER_MS) pauseMs = FIRST_PAUSE_MS;
				on.say(`${plan.name} ended (${why}); it is started again in ${pauseMs} ms`);
				timer = setTimeout(start, pauseMs);
				pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
			};
			one.on("error", (error) => end(error.message));
			one.on("exit", (code, signal) => end(signal ?? `code ${code}`));
		});
		on.change();
	};
	start();

	return {
		name: plan.name,
		identity: () => (child?.pid ? identityOf(child.pid) : undefined),
		deaths: () => deaths,
		kill() {
			isStopping = true;
			child?.kill("SIGKILL");
		},
		async stop() {
			isStopping = true;
			clearTimeout(timer);
			if (!child) return;
			const late = setTimeout(() => {
				on.say(`${plan.name} did not stop within ${plan.stopWithinMs / 1000} s and is ended`);
				child?.kill("SIGKILL");
			}, plan.stopWithinMs);
			child.kill("SIGTERM");
			await gone;
			clearTimeout(late);
		},
	};
}

function spawnChild(plan: ChildPlan): ChildProcess {
	const child = spawn(process.execPath, [plan.file], {
		env: { ...process.env, ...plan.env, PROCESS_NAME: plan.name },
		// A session of its own: Ctrl-C in the terminal is ours alone to hear. The channel tells it when we are gone.
		detached: true,
		stdio: ["ignore", "pipe", "pipe", "ipc"],
	});
	const isForPeople = process.stdout.isTTY === true;
	printOutput(plan.name, child.stdout!, process.stdout, isForPeople);
	printOutput(plan.name, child.stderr!, process.stderr, isForPeople);
	return child;
}
