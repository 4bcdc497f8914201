import type { ServerResponse } from "node:http";
import { clusterState } from "#db/cluster/cluster-state.ts";
import { onRoleChange } from "#db/cluster/on-role-change.ts";
import { onStep } from "#db/cluster/on-step.ts";
import { stopping } from "../lib/stopping.ts";

/** So many of those before: whoever asks has written them just now. */
const BEFORE = 100;
/** A node that does not read what it asked for. */
const UNREAD_MAX_BYTES = 1_000_000;

/**
 * Tells another node of each transaction as soon as LiteFS says that it has come into this node's books: it is on its disk by then. Ends where LiteFS is
 * lost sight of, and answers 503 while it is: nothing is proven then.
 */
export function answerSteps(res: ServerResponse): void {
	const { stream, trail } = clusterState();
	if (stream === 0 || stopping.aborted) {
		res.writeHead(503, { "Content-Length": "0" }).end();
		return;
	}
	const say = (txid: number, checksum: string) => {
		if (res.writableLength > UNREAD_MAX_BYTES) res.destroy();
		else res.write(`${txid} ${checksum}\n`);
	};
	res.writeHead(200, { "Content-Type": "text/plain", "Cache-Control": "no-store" });
	res.flushHeaders();
	for (const [txid, checksum] of [...trail].slice(-BEFORE)) say(txid, checksum);
	const end = () => void res.end();
	const forgetStep = onStep(say);
	const forgetRole = onRoleChange(() => {
		if (clusterState().stream !== stream) end();
	});
	stopping.addEventListener("abort", end, { once: true });
	res.on("close", () => {
		forgetStep();
		forgetRole();
		stopping.removeEventListener("abort", end);
	});
}
