import { env } from "#app/lib/env.ts";
import { addStep } from "./add-step.ts";
import { BOOKS_NAME } from "./books-path.ts";
import { clusterState, updateCluster } from "./cluster-state.ts";
import { position } from "./position.ts";
import type { LitefsEvent } from "./read-events.ts";

let streams = 0;

/** What one event of LiteFS changes in what this process knows. */
export function hearEvent({ type, db, data }: LitefsEvent): void {
	if (type === "tx") {
		if (db === BOOKS_NAME && data?.txID && data.postApplyChecksum)
			noteStep(Number.parseInt(data.txID, 16), data.postApplyChecksum);
		return;
	}
	if (type === "init") {
		updateCluster({ stream: ++streams });
		startTrail();
	}
	if (data?.isPrimary) updateCluster({ heard: "primary", primary: env().NODE_NAME });
	else {
		const primary = data?.hostname || null;
		loseBooks();
		updateCluster({ heard: primary ? "replica" : "unknown", primary });
	}
}

/** Whatever epoch this node had is over: between then and now another may have written, or what was written may be gone. */
export function loseBooks(): void {
	const { isOpen, epoch, lostEpoch, losses } = clusterState();
	updateCluster({ isOpen: false, losses: losses + 1, lostEpoch: isOpen ? Math.max(lostEpoch, epoch) : lostEpoch });
}

/** What was known from before a break may be of another line. */
function startTrail(): void {
	const now = position();
	clusterState().trail.clear();
	if (now) noteStep(now.txid, now.checksum);
}

function noteStep(txid: number, checksum: string): void {
	const { trail, stepListeners } = clusterState();
	addStep(trail, { txid, checksum });
	for (const listener of [...stepListeners]) listener(txid, checksum);
}
