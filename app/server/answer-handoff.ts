import type { ServerResponse } from "node:http";
import { parsePosition, position } from "#db/cluster/position.ts";
import { promoteHere } from "#db/cluster/promote-here.ts";
import { role } from "#db/role.ts";
import { stopping } from "../lib/stopping.ts";
import { openGate, shutGate } from "./write-gate.ts";

/** How long writes under way may take to end before the books are locked. */
const WRITES_END_WITHIN_MS = 300;

/** What a handing over asks of webs (jobs/handoff): its own to shut and open the gate, the other's to lead. Only for nodes. */
const ACTIONS: Record<string, (query: URLSearchParams) => Promise<string | undefined>> = {
	async shut(query) {
		await shutGate(Number(query.get("for")), WRITES_END_WITHIN_MS);
		return undefined;
	},
	async open() {
		openGate();
		return undefined;
	},
	async lead(query) {
		if (stopping.aborted) return "it is being stopped";
		if (role() !== "replica") return `it is ${role()}`;
		const [own, wanted] = [position(), parsePosition(query.get("at") ?? "")];
		// Whoever wins has the last word on what the books hold.
		if (!own || !wanted || own.txid !== wanted.txid || own.checksum !== wanted.checksum)
			return "its books are not exactly where ours are";
		await promoteHere();
		return undefined;
	},
};

/** True where the address is one of these; answers 200, or 409 with why not. */
export function answerHandoff(url: URL, res: ServerResponse): boolean {
	const act = ACTIONS[url.pathname.replace("/internal/handoff/", "")];
	if (!act) return false;
	const say = (status: number, text = "") => res.writeHead(status, { "Cache-Control": "no-store" }).end(text);
	act(url.searchParams).then(
		(refused) => say(refused === undefined ? 200 : 409, refused),
		(error) => say(409, (error as Error).message),
	);
	return true;
}
