import { setTimeout as pause } from "node:timers/promises";
import { type RunningPostgres, startPostgres } from "#jobs/postgres/start-postgres.ts";
import { stopPostgres } from "#jobs/postgres/stop-postgres.ts";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;

export interface KeptPostgres {
	/** Stays the same over restarts. */
	url: string;
	pid(): number;
	stop(): Promise<void>;
}

/** Starts the embedded Postgres, and starts it again whenever it ends before it is told to. Its users connect anew by themselves. */
export async function keepPostgres(dataDir: string, say: (line: string) => void): Promise<KeptPostgres> {
	let running: RunningPostgres = await startPostgres(dataDir);
	let isStopping = false;
	if (running.isAdopted) say(`Took over the Postgres that an earlier start left running (pid ${running.pid})`);

	const restart = async () => {
		let pauseMs = FIRST_PAUSE_MS;
		while (!isStopping) {
			await pause(pauseMs);
			if (isStopping) return;
			try {
				running = await startPostgres(dataDir);
				return;
			} catch (error) {
				pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
				say(`${(error as Error).message}; tried again in ${pauseMs} ms`);
			}
		}
	};
	const watch = (async () => {
		for (;;) {
			await running.ended;
			if (isStopping) return;
			say(`Postgres (pid ${running.pid}) ended; it is started again`);
			await restart();
			if (isStopping) return;
		}
	})();

	return {
		url: running.url,
		pid: () => running.pid,
		async stop() {
			isStopping = true;
			await stopPostgres(running);
			await watch;
			// A restart that was under way when we were told to stop.
			await stopPostgres(running);
		},
	};
}
