import { setTimeout as pause } from "node:timers/promises";
import { isSameProcess } from "./process-identity.ts";
import type { Running } from "./take-lock.ts";

/** They notice that their supervisor is gone and finish what is in flight; this is how long they are given. */
const FINISH_WITHIN_MS = 50_000;

/** After kill -9 of a supervisor: waits for the children that it left, and ends those that do not end by themselves. */
export async function endLeftovers(left: Running["children"], say: (line: string) => void): Promise<void> {
	const alive = () => left.filter(isSameProcess);
	if (alive().length === 0) return;
	say(
		`Waiting for what an earlier start left behind: ${alive()
			.map((one) => `${one.name} (pid ${one.pid})`)
			.join(", ")}`,
	);
	for (const one of alive()) signal(one.pid, "SIGTERM");
	const giveUpAt = Date.now() + FINISH_WITHIN_MS;
	while (alive().length > 0 && Date.now() < giveUpAt) await pause(50);
	for (const one of alive()) signal(one.pid, "SIGKILL");
	while (alive().length > 0) await pause(50);
}

function signal(pid: number, name: NodeJS.Signals): void {
	try {
		process.kill(pid, name);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
	}
}
