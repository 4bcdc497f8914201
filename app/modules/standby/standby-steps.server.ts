import { get } from "node:http";
import { NODE_HEADERS, nodeToken } from "#app/lib/node-token.server.ts";
import { addStep, type Trail } from "#db/cluster/add-step.ts";
import { clusterState } from "#db/cluster/cluster-state.ts";
import { onStep } from "#db/cluster/on-step.ts";
import type { Position } from "#db/cluster/position.ts";
import { provesPosition } from "./proves-position.ts";
import { STEPS_PATH } from "./steps-path.ts";

/** One that ended, or could not be had, is not asked for again sooner. */
const AGAIN_MS = 1_000;
/** Nobody has waited for so long: then it is not worth a line for each transaction. */
const UNUSED_MS = 60_000;

/** What a node tells of its books, over a connection that is kept. */
interface Steps {
	/** Empty until it has said something, and once the connection is gone. */
	trail: Trail;
	last: Position | null;
	usedAt: number;
	heardAt: number;
	endedAt: number | null;
	listeners: Set<() => void>;
	end(): void;
}

const byUrl = new Map<string, Steps>();

/**
 * Resolves with true once that node has said that its books came by `wanted`, with false after `withinMs`; at once with undefined where it tells nothing
 * just now, or stops doing so: then it has to be asked. The first wait for a node begins to listen to it.
 */
export function hearsProof(url: string, wanted: Position, withinMs: number): Promise<boolean | undefined> {
	const steps = stepsOf(url);
	const now = () => {
		if (steps.endedAt !== null || !steps.last) return undefined;
		const checksumThen = steps.trail.get(wanted.txid) ?? null;
		return provesPosition(wanted, { position: steps.last, checksumThen }, clusterState().trail);
	};
	const is = now();
	if (is !== false) return Promise.resolve(is);
	const began = performance.now();
	return new Promise((resolve) => {
		const end = (is: boolean | undefined) => {
			clearTimeout(late);
			steps.listeners.delete(look);
			forget();
			resolve(is);
		};
		const look = () => {
			const is = now();
			if (is !== false) end(is);
		};
		const late = setTimeout(() => {
			// Perhaps it is the connection that is dead: the next one asks anew.
			if (steps.heardAt < began) steps.end();
			end(false);
		}, withinMs);
		steps.listeners.add(look);
		// What it is at may be known to have come of `wanted` only once our own LiteFS has said so.
		const forget = onStep(look);
	});
}

function stepsOf(url: string): Steps {
	const now = performance.now();
	let steps = byUrl.get(url);
	if (!steps || (steps.endedAt !== null && now - steps.endedAt > AGAIN_MS)) {
		steps = listen(url);
		byUrl.set(url, steps);
	}
	steps.usedAt = now;
	return steps;
}

function listen(url: string): Steps {
	const asked = get(`${url}${STEPS_PATH}`, { headers: { [NODE_HEADERS.token]: nodeToken() }, agent: false });
	const now = performance.now();
	const steps: Steps = {
		trail: new Map(),
		last: null,
		usedAt: now,
		heardAt: now,
		endedAt: null,
		listeners: new Set(),
		end: () => void asked.destroy(),
	};
	const ended = () => {
		if (steps.endedAt !== null) return;
		steps.endedAt = performance.now();
		for (const listener of [...steps.listeners]) listener();
	};
	// Whoever waits has a timer of its own; nobody lives on for this.
	asked.on("socket", (socket) => socket.unref());
	asked.on("error", ended).on("close", ended);
	asked.on("response", (answer) => {
		answer.on("error", ended).on("close", ended);
		if (answer.statusCode !== 200) return steps.end();
		let rest = "";
		answer.setEncoding("latin1").on("data", (piece: string) => {
			const lines = (rest + piece).split("\n");
			rest = lines.pop()!;
			for (const line of lines) hear(steps, line);
			for (const listener of [...steps.listeners]) listener();
			if (steps.heardAt - steps.usedAt > UNUSED_MS) steps.end();
		});
	});
	return steps;
}

function hear(steps: Steps, line: string): void {
	const [txid, checksum] = line.split(" ") as [string, string];
	steps.last = { txid: Number(txid), checksum };
	addStep(steps.trail, steps.last);
	steps.heardAt = performance.now();
}
