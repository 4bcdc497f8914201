import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { PlainError } from "#bin/supervisor/plain-error.ts";
import { type Lock, takeLock } from "#bin/supervisor/take-lock.ts";
import { until } from "#jobs/testing/until.ts";

const OTHERS_END_WITHIN_MS = 60_000;

export interface Guard {
	/** Call it once nothing is left. */
	end(): void;
}

/**
 * Takes the folder for this run, and has another process clean up after it should this one die, however it dies.
 *
 * @throws Error while another run has it.
 */
export async function guardRun(folder: string): Promise<Guard> {
	// One of vitest's workers lives on when vitest is killed.
	process.once("disconnect", () => process.exit(1));
	const lock = await until("no other run has this slot", OTHERS_END_WITHIN_MS, () => lockRun(folder));
	// It hears of our end by the end of its input.
	const cleaner = spawn(process.execPath, [fileURLToPath(new URL("./clean-up-after.ts", import.meta.url)), folder], {
		detached: true,
		stdio: ["pipe", "ignore", "ignore"],
	});
	cleaner.on("error", () => {});
	cleaner.unref();
	return {
		end() {
			cleaner.kill("SIGKILL");
			lock.release();
		},
	};
}

/** Undefined while another has it: a run, or what cleans up after one. */
export function lockRun(folder: string): Lock | undefined {
	try {
		return takeLock(`${folder}-lock`);
	} catch (error) {
		if (error instanceof PlainError) return undefined;
		throw error;
	}
}
