import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
import type { Guessed, Guessing } from "./password-guesser.worker.ts";

/** The dictionary holds some 30 MB: nobody sets passwords all day. */
const IDLE_MS = 60_000;

// By name, because the pages are bundled into one file far from this one.
const require = createRequire(import.meta.url);

interface Asked {
	resolve(answer: Guessed): void;
	reject(error: Error): void;
}

let worker: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
let lastId = 0;
const asked = new Map<number, Asked>();

/** How hard a password is to guess; worked out in a thread of its own, which is there only while it is needed. */
export function guessPassword(password: string, about: string[]): Promise<Guessed> {
	worker ??= open();
	const thread = worker;
	clearTimeout(idle);
	// A command line tool must not end before it has its answer.
	thread.ref();
	return new Promise((resolve, reject) => {
		const id = ++lastId;
		asked.set(id, { resolve, reject });
		thread.postMessage({ id, password, about } satisfies Guessing);
	});
}

function open(): Worker {
	const thread = new Worker(require.resolve("#app/modules/access/password-guesser.worker.ts"));
	thread.on("message", (answer: Guessed) => {
		asked.get(answer.id)?.resolve(answer);
		asked.delete(answer.id);
		if (asked.size === 0) rest(thread);
	});
	const fail = (error: Error) => {
		if (worker === thread) worker = undefined;
		for (const { reject } of asked.values()) reject(error);
		asked.clear();
	};
	thread.on("error", fail);
	thread.on("exit", (code) => fail(new Error(`the thread that judges passwords ended with ${code}`)));
	return thread;
}

function rest(thread: Worker): void {
	thread.unref();
	idle = setTimeout(() => {
		worker = undefined;
		void thread.terminate();
	}, IDLE_MS);
	idle.unref();
}
