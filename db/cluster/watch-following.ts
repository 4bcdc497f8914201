import { env } from "#app/lib/env.ts";
import { clusterState } from "./cluster-state.ts";
import { askLease } from "./lease-holder.ts";

const ASK_MS = 500;
const ANSWER_WITHIN_MS = 2_000;
/** Longer than a handing over takes, during which the two say different things. */
const DEAD_AFTER_MS = 1_500;

/**
 * Calls `onDead` once LiteFS has followed one node for a while although Consul says that the lease is another's, or, where this node may lead, nobody's;
 * and again, with `times` counting, for as long as it does. Its stream then comes over a connection whose packets vanish: LiteFS has no time-out for
 * it, its connections ask for a sign of life nine times, every 15 s, and no setting of the kernel changes that. Nothing without Consul.
 *
 * @returns its end.
 */
export function watchFollowing(onDead: (followed: string, times: number) => void): { stop(): void } {
	const { CONSUL_URL, CANDIDATE_NODES, NODE_NAME } = env();
	if (CONSUL_URL === undefined) return { stop() {} };
	const mayLead = CANDIDATE_NODES.includes(NODE_NAME);
	let wrong: { followed: string; losses: number; since: number; times: number } | null = null;
	let isAsking = false;
	const look = async () => {
		const { heard, primary: followed, losses } = clusterState();
		if (heard !== "replica" || followed === null) {
			wrong = null;
			return;
		}
		if (isAsking) return;
		isAsking = true;
		const said = await askLease(ANSWER_WITHIN_MS);
		isAsking = false;
		const isWrong = said !== null && (said.holder === null ? mayLead : said.holder !== followed);
		// What has moved meanwhile lives.
		const isSame = clusterState().losses === losses && wrong?.losses === losses;
		if (!isWrong) wrong = null;
		else if (!wrong || !isSame) wrong = { followed, losses, since: performance.now(), times: 0 };
		else if (performance.now() - wrong.since > DEAD_AFTER_MS) {
			wrong.since = performance.now();
			onDead(followed, ++wrong.times);
		}
	};
	const timer = setInterval(look, ASK_MS);
	return { stop: () => clearInterval(timer) };
}
