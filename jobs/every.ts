import { log } from "#app/lib/log.ts";

/**
 * Runs `work` now and then again `ms` after it has ended, never twice at once. What it throws is logged and tried again the
 * next time.
 *
 * @returns its stop, which resolves when no run is under way and none will follow.
 */
export function every(ms: number, work: () => Promise<unknown>): { stop: () => Promise<void> } {
	let isStopped = false;
	let timer: NodeJS.Timeout | undefined;
	let running: Promise<void> = Promise.resolve();
	const turn = async () => {
		try {
			await work();
		} catch (error) {
			log.warn({ err: error, work: work.name }, "a regular task failed; it will run again");
		}
		if (!isStopped) timer = setTimeout(start, ms);
	};
	const start = () => {
		running = turn();
	};
	start();
	return {
		async stop() {
			isStopped = true;
			clearTimeout(timer);
			await running;
		},
	};
}
