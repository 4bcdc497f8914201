import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { canReadBooks } from "#app/modules/platform/can-read-books.server.ts";
import { clusterState } from "#db/cluster/cluster-state.ts";
import { position } from "#db/cluster/position.ts";
import { primaryName, primaryUrl } from "#db/cluster/primary-url.ts";
import { waitForPosition } from "#db/cluster/wait-for-position.ts";
import { waitForRole } from "#db/cluster/wait-for-role.ts";
import { role } from "#db/role.ts";
import { isFromNode } from "./node-hop.ts";
import { type Passed, passOn } from "./pass-on.ts";
import { clearPosition, givePosition, readPosition, type SeenPosition } from "./position-cookie.ts";
import { showError } from "./show-error.ts";
import { countWrite, isGateShut } from "./write-gate.ts";

type Serve = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>;

/** How long a write waits for somebody to lead: as long as it may take until another does (docs/decisions/085). */
const ROLE_WITHIN_MS = 8_000;
/** How long a read waits for what its visitor has written. */
const POSITION_WITHIN_MS = 1_000;
/** Fly's edge replays nothing larger. */
const REPLAYED_MAX_BYTES = 1_000_000;
const GATE_LOOK_MS = 10;
const RETRY_AFTER_SECONDS = "5";

/**
 * Lets a write be served where the books may be written, and a read where its visitor's own writes are: what belongs elsewhere is passed on
 * before any of its body is read. Without LiteFS it is `serve` itself.
 */
export function byRole(serve: Serve): Serve {
	if (!env().LITEFS_DIR) return serve;
	return (req, res) => {
		const isRead = req.method === "GET" || req.method === "HEAD" || req.method === "OPTIONS";
		if (!isRead) return write(req, res, serve);
		const seen = readPosition(req);
		// Files of the build are the same everywhere.
		if (req.url?.startsWith("/assets/")) return serve(req, res);
		if (!canReadBooks()) return readElsewhere(req, res);
		// Where LiteFS has gone nothing that is waited for comes about: the page says so at once.
		if (!seen || clusterState().isAway) return serve(req, res);
		return read(req, res, serve, seen);
	};
}

async function write(req: IncomingMessage, res: ServerResponse, serve: Serve): Promise<void> {
	const giveUpAt = Date.now() + ROLE_WITHIN_MS;
	// Passed on once is enough: two nodes that take each other for the primary would play ball with it. One that gives the books away while it has
	// the request may pass it on again.
	let mayPassOn = !isPassedOn(req) || isGateShut();
	for (;;) {
		const now = await waitForRole((one) => one !== "unknown" || clusterState().isAway, giveUpAt - Date.now());
		if (res.destroyed) return;
		// This process ends without its LiteFS; another node takes what is sent again.
		if (clusterState().isAway) return refuse(req, res, serve, 503);
		mayPassOn ||= now === "primary";
		if (now === "primary" && !isGateShut()) {
			countWrite(res);
			givePosition(req, res);
			serve(req, res);
			return;
		}
		if (now === "replica" && !mayPassOn) return refuse(req, res, serve, 503);
		const passed = now === "replica" ? await toPrimary(req, res) : "refused";
		if (passed === "answered") return;
		if (passed === "lost") return refuse(req, res, serve, 504);
		if (Date.now() >= giveUpAt) return refuse(req, res, serve, 503);
		// The one that led is gone, and this node has not heard of it yet; or this one is giving the books away.
		await new Promise((resolve) => setTimeout(resolve, now === "primary" ? GATE_LOOK_MS : 50));
	}
}

async function read(req: IncomingMessage, res: ServerResponse, serve: Serve, seen: SeenPosition): Promise<void> {
	if (role() === "primary") {
		if (isOfOtherBooks(seen)) clearPosition(req, res);
		serve(req, res);
		return;
	}
	// Another has taken the books over since: they have that write, or it is gone for good. Which of the two only the primary can say; this node may
	// merely not have come so far yet.
	const isOurs = seen.epoch === clusterState().epoch;
	const isHere = isOurs && (await waitForPosition(seen, POSITION_WITHIN_MS)) && !isOfOtherLine(seen);
	// An old page is better than none, where nobody leads just now.
	if (isHere || isPassedOn(req) || (await toPrimary(req, res)) !== "answered") if (!res.destroyed) serve(req, res);
}

/** This node's code wants more than its books have: it was begun anew before the one that leads, which will bring them up to date. */
async function readElsewhere(req: IncomingMessage, res: ServerResponse): Promise<void> {
	if (role() === "replica" && !isPassedOn(req) && (await toPrimary(req, res)) === "answered") return;
	if (res.destroyed) return;
	// No page of ours: each reads the books.
	const headers = { "Retry-After": RETRY_AFTER_SECONDS, "Content-Type": "text/plain", "Cache-Control": "no-store" };
	res.writeHead(503, headers).end("503: not yet\n");
}

/** On the primary: the visitor saw something that these books never came to. */
function isOfOtherBooks(seen: SeenPosition): boolean {
	const now = position();
	return seen.epoch !== clusterState().epoch || (now !== null && seen.txid > now.txid) || isOfOtherLine(seen);
}

function isOfOtherLine({ txid, checksum }: SeenPosition): boolean {
	const ours = clusterState().trail.get(txid);
	return ours !== undefined && ours !== checksum;
}

async function toPrimary(req: IncomingMessage, res: ServerResponse): Promise<Passed> {
	const name = primaryName();
	const length = req.headers["content-length"];
	const isSmall = req.headers["transfer-encoding"] === undefined && Number(length ?? 0) < REPLAYED_MAX_BYTES;
	if (name && env().FLY_APP_NAME && isSmall) {
		res.writeHead(409, { "fly-replay": `instance=${name}`, "Content-Length": "0" }).end();
		return "answered";
	}
	const url = primaryUrl();
	if (!url) {
		if (name) log.warn({ primary: name }, "CLUSTER_NODES does not say where the node that leads is reached");
		return "refused";
	}
	return passOn(url, req, res);
}

function isPassedOn(req: IncomingMessage): boolean {
	return isFromNode(req) || req.headers["fly-replay-src"] !== undefined;
}

function refuse(req: IncomingMessage, res: ServerResponse, serve: Serve, status: 503 | 504): void {
	if (res.destroyed) return;
	res.setHeader("Retry-After", RETRY_AFTER_SECONDS);
	showError(req, status);
	serve(req, res);
}
