import { resolve } from "node:path";
import { explain } from "./plain-error.ts";
import { readOptions } from "./read-options.ts";
import type { Programs } from "./supervise.ts";

/** npm passes Ctrl-C on to us although the terminal has done so already: this close together, two are one. */
const SAME_KEY_WITHIN_MS = 500;

/** This process as the supervisor, from its arguments and signals to its exit code. Tests give it other programs to run. */
export async function runSupervisor(programs?: Programs): Promise<never> {
	const stop = new AbortController();
	const hurry = new AbortController();
	let askedAt = 0;
	const ask = () => {
		const now = Date.now();
		if (!stop.signal.aborted) {
			askedAt = now;
			console.log("Stopping: what is in flight is finished first (Ctrl-C again: at once) …");
			stop.abort();
		} else if (now - askedAt > SAME_KEY_WITHIN_MS) hurry.abort();
	};
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, ask);
	// bin/start.mjs started us and was killed.
	process.on("disconnect", ask);
	// A closed terminal or pipe must not end us half way.
	for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
	try {
		const options = readOptions(process.argv.slice(2), process.env);
		// Only now: modules below read the environment as they load, and a bad variable would end us with a stack.
		const { supervise } = await import("./supervise.ts");
		await supervise(options, { stop: stop.signal, hurry: hurry.signal }, (line) => console.log(line), programs);
		process.exit(0);
	} catch (error) {
		console.error(explain(error, resolve(process.env.DATA_DIR || "data")) ?? error);
		process.exit(1);
	}
}
