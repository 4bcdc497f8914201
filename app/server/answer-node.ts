import type { IncomingMessage, ServerResponse } from "node:http";
import { STEPS_PATH } from "#app/modules/standby/steps-path.ts";
import { clusterState } from "#db/cluster/cluster-state.ts";
import { position } from "#db/cluster/position.ts";
import { waitForPosition } from "#db/cluster/wait-for-position.ts";
import { answerHandoff } from "./answer-handoff.ts";
import { answerSteps } from "./answer-steps.ts";
import { isFromNode } from "./node-hop.ts";

/** "/internal/position?txid=…&within=…": both decimal. */
const ADDRESS = /^\/internal\/position\?txid=(\d{1,16})&within=(\d{1,5})$/;
const MOST_MS = 10_000;

/**
 * Tells another node how far this one's books are, as soon as they are that far or its time is up, or each time that they move, and does its part where the books are handed
 * over. To anybody else there is nothing here: 404.
 */
export function answerNode(req: IncomingMessage, res: ServerResponse): void | Promise<void> {
	req.resume();
	const [, txid, within] = ADDRESS.exec(req.url ?? "") ?? [];
	if (isFromNode(req)) {
		if (req.url === STEPS_PATH) return answerSteps(res);
		if (txid && within) return answerPosition(res, Number(txid), Math.min(Number(within), MOST_MS));
		if (req.method === "POST" && answerHandoff(new URL(req.url ?? "/", "http://node"), res)) return;
	}
	res.writeHead(404, { "Content-Length": "0" }).end();
}

async function answerPosition(res: ServerResponse, txid: number, withinMs: number): Promise<void> {
	await waitForPosition({ txid }, withinMs);
	const { trail } = clusterState();
	const body = JSON.stringify({ position: position(), checksumThen: trail.get(txid) ?? null });
	res.writeHead(200, { "Content-Type": "application/json", "Cache-Control": "no-store" }).end(body);
}
