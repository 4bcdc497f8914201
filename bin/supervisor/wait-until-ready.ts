import { setTimeout as pause } from "node:timers/promises";

/** Resolves with true once the address answers 200, with false when `isHopeless` says so first or time is up. */
export async function waitUntilReady(url: string, withinMs: number, isHopeless: () => boolean): Promise<boolean> {
	const giveUpAt = Date.now() + withinMs;
	while (Date.now() < giveUpAt && !isHopeless()) {
		try {
			const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
			await answer.arrayBuffer();
			if (answer.status === 200) return true;
		} catch {
			// Not up yet: that is what we wait for.
		}
		await pause(50);
	}
	return false;
}
