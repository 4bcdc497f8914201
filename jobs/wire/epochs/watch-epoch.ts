import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { clusterState, updateCluster } from "#db/cluster/cluster-state.ts";
import { onRoleChange } from "#db/cluster/on-role-change.ts";
import { currentEpoch } from "./current-epoch.ts";
import { endEpochs } from "./end-epochs.ts";
import type { Epoch } from "./epoch.ts";

/** While all is as it was; a node that is cut off from LiteFS's others, and not from Postgres, hears so late of its successor. */
const CALM_MS = 1_000;
const CHANGING_MS = 50;

/**
 * Keeps this process's gate as the wire's newest epoch says, for as long as it lives; nothing without LiteFS. While Postgres is away
 * the gate stays as it was: LiteFS's lease says who leads, the epoch only that its books are up to date.
 */
export function watchEpoch(): { stop(): void } {
	if (!env().LITEFS_DIR) return { stop() {} };
	const stop = new AbortController();
	let wake = () => {};
	const forget = onRoleChange(() => wake());
	void (async () => {
		let ended = 0;
		let isAway = false;
		while (!stop.signal.aborted) {
			try {
				const { lostEpoch } = clusterState();
				if (lostEpoch > ended) await endEpochs(lostEpoch);
				ended = lostEpoch;
				noteEpoch(await currentEpoch());
				isAway = false;
			} catch (error) {
				if (!isAway) log.warn({ error: (error as Error).message }, "the epoch could not be read");
				isAway = true;
			}
			if (stop.signal.aborted) break;
			const { heard, isOpen } = clusterState();
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, heard === "primary" && !isOpen ? CHANGING_MS : CALM_MS);
				wake = () => {
					clearTimeout(timer);
					resolve();
				};
			});
		}
	})();
	return {
		stop() {
			stop.abort();
			forget();
			wake();
		},
	};
}

/** Applies the wire's newest epoch to this process. */
export function noteEpoch(newest: Epoch | null): void {
	const { epoch, ownEpoch, lostEpoch } = clusterState();
	// Asked before this process took a newer one.
	if (!newest || newest.n < epoch) return;
	const isOurs = newest.node === env().NODE_NAME && !newest.isOver && newest.n > lostEpoch;
	updateCluster({ epoch: newest.n, isOpen: isOurs && (newest.isReady || newest.n === ownEpoch) });
}
