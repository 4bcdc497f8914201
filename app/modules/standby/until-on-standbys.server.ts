import { setTimeout as pause } from "node:timers/promises";
import { log } from "#app/lib/log.ts";
import { position } from "#db/cluster/position.ts";
import { NotPrimaryError } from "#db/tx.ts";
import { standbys } from "./standbys.server.ts";
import { waitForStandbys } from "./wait-for-standbys.server.ts";

const WITHIN_MS = 10_000;
const AGAIN_MS = 100;
/** A standby that did not come in that time is away: for so long nobody waits for it as long again. */
const AWAY_MS = 30_000;
const AWAY_TRY_MS = 500;

let awayUntil = Number.NEGATIVE_INFINITY;

/**
 * Resolves when all that the books hold now is on every other node that may lead: for what must not begin before, because it could not be
 * told apart afterwards from what a failover has taken back. Waits 10 s for a standby and goes on without one that is away for longer.
 * Nothing without LiteFS.
 *
 * @throws NotPrimaryError where LiteFS is away: then nothing may begin.
 */
export async function untilOnStandbys(): Promise<void> {
	if (standbys().length === 0) return;
	const at = position();
	if (!at) throw new NotPrimaryError("the books' position cannot be read");
	const giveUpAt = performance.now() + (performance.now() < awayUntil ? AWAY_TRY_MS : WITHIN_MS);
	for (;;) {
		if (await waitForStandbys(at, Math.max(0, giveUpAt - performance.now()))) {
			awayUntil = Number.NEGATIVE_INFINITY;
			return;
		}
		if (performance.now() >= giveUpAt) break;
		await pause(AGAIN_MS);
	}
	awayUntil = performance.now() + AWAY_MS;
	log.warn({ txid: at.txid }, "no standby has the newest of the books; what waited for it goes on without");
}
