import { setTimeout as pause } from "node:timers/promises";
import { log } from "#app/lib/log.ts";
import { NODE_HEADERS, nodeToken } from "#app/lib/node-token.server.ts";
import { clusterState } from "#db/cluster/cluster-state.ts";
import type { Position } from "#db/cluster/position.ts";
import { nodeUrl } from "#db/cluster/primary-url.ts";
import { provesPosition, type StandbyAnswer } from "./proves-position.ts";
import { hearsProof } from "./standby-steps.server.ts";
import { standbys } from "./standbys.server.ts";

/** Its own time for the answer beside the wait that it is asked for. */
const ANSWER_MS = 250;
const AGAIN_MS = 10;

/** Resolves with true once each other node that may lead has proved that its books came by `wanted`, with false after `withinMs`. */
export async function waitForStandbys(wanted: Position, withinMs: number): Promise<boolean> {
	const giveUpAt = performance.now() + withinMs;
	const all = await Promise.all(standbys().map((name) => standbyProves(name, wanted, giveUpAt - performance.now())));
	return all.length > 0 && all.every((is) => is);
}

/** The same of one node. */
export async function standbyProves(name: string, wanted: Position, withinMs: number): Promise<boolean> {
	const giveUpAt = performance.now() + withinMs;
	const url = nodeUrl(name);
	if (!url) {
		log.warn({ node: name }, "CLUSTER_NODES does not say where a node that may lead is reached");
		return false;
	}
	const heard = await hearsProof(url, wanted, withinMs);
	if (heard !== undefined) return heard;
	for (;;) {
		const leftMs = Math.max(0, Math.round(giveUpAt - performance.now()));
		try {
			const answer = await ask(url, wanted, leftMs);
			if (provesPosition(wanted, answer, clusterState().trail)) return true;
		} catch (error) {
			// Nobody is there: whoever waits for its money is not kept waiting as well.
			log.warn({ node: name, error: (error as Error).message }, "a node that may lead did not say how far it is");
			return false;
		}
		if (performance.now() >= giveUpAt) return false;
		// It has the number, and one of us does not know the checksum yet.
		await pause(AGAIN_MS);
	}
}

async function ask(url: string, { txid }: Position, withinMs: number): Promise<StandbyAnswer> {
	const answer = await fetch(`${url}/internal/position?txid=${txid}&within=${withinMs}`, {
		headers: { [NODE_HEADERS.token]: nodeToken() },
		signal: AbortSignal.timeout(withinMs + ANSWER_MS),
	});
	if (answer.status !== 200) throw new Error(`it answered ${answer.status}`);
	return (await answer.json()) as StandbyAnswer;
}
