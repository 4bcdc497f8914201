import { setTimeout as pause } from "node:timers/promises";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { clusterState, updateCluster } from "./cluster-state.ts";
import { hearEvent, loseBooks } from "./hear-event.ts";
import { isMounted } from "./is-mounted.ts";
import { litefsBoot } from "./litefs-boot.ts";
import { closePosition } from "./position.ts";
import { readEvents } from "./read-events.ts";
import { watchLease } from "./watch-lease.ts";

const AGAIN_MS = 50;
/** So long a stream may be broken without the role having gone and come back: LiteFS's lease is not had again sooner. */
const BLIND_MS = 1_000;

export interface RoleWatch {
	stop(): void;
}

/**
 * Follows this node's LiteFS for as long as the process lives; role(), primaryUrl() and the trail of positions come from it. A broken
 * stream is "unknown" at once, and begins anew; where the mount is gone with it, the books are away. Without LiteFS it does nothing.
 */
export function watchRole(): RoleWatch {
	const stop = new AbortController();
	if (env().LITEFS_DIR) {
		watchLease(stop.signal);
		void follow(stop.signal);
	}
	return { stop: () => stop.abort() };
}

async function follow(signal: AbortSignal): Promise<void> {
	let boot: string | null = null;
	let brokeAt = 0;
	while (!signal.aborted) {
		try {
			const nowBoot = await litefsBoot(env().LITEFS_URL, signal);
			await readEvents(env().LITEFS_URL, signal, (event) => {
				// Another LiteFS than before, or the same one after too long: in between the books can have changed hands.
				if (brokeAt > 0 && (nowBoot !== boot || performance.now() - brokeAt > BLIND_MS)) loseBooks();
				brokeAt = 0;
				boot = nowBoot;
				if (clusterState().isAway) updateCluster({ isAway: false });
				hearEvent(event);
			});
		} catch (error) {
			if (!signal.aborted && brokeAt === 0) log.warn({ error: (error as Error).message }, "LiteFS is away");
		}
		brokeAt ||= performance.now();
		// LiteFS also cuts off whoever does not keep up with it: then the books are still there to be read.
		updateCluster({ heard: "unknown", stream: 0, isAway: !isMounted() });
		closePosition();
		if (!signal.aborted) await pause(AGAIN_MS);
	}
}
