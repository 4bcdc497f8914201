import { log } from "./log.ts";

/**
 * Ends this process in good order: runs `stop` once, on SIGTERM or when the supervisor is gone (its end of the IPC channel
 * closes even on kill -9), then exits; after `withinMs` it exits anyway. SIGINT is left to the supervisor, which orders the
 * stops; a process that was started by hand takes it as its own. Call it once, in the process's entry file.
 */
export function onStop(stop: () => Promise<void>, withinMs = 30_000): void {
	let isStopping = false;
	const run = async (why: string) => {
		if (isStopping) return;
		isStopping = true;
		log.debug({ why }, "stopping");
		setTimeout(() => {
			log.error({ withinMs }, "did not stop in time");
			process.exit(1);
		}, withinMs).unref();
		try {
			await stop();
			process.exit(0);
		} catch (error) {
			log.error({ err: error }, "stopping failed");
			process.exit(1);
		}
	};
	process.on("SIGTERM", () => void run("SIGTERM"));
	process.on("SIGINT", () => {
		if (!process.channel) void run("SIGINT");
	});
	process.on("disconnect", () => void run("the supervisor is gone"));
	// It went before we listened.
	if (process.send && !process.connected) void run("the supervisor is gone");
}
