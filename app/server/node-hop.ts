import type { IncomingMessage } from "node:http";
import { NODE_HEADERS, nodeToken } from "#app/lib/node-token.server.ts";
import { isSameSecret } from "#app/lib/secrets.server.ts";

/** True for a request that another node of this installation has made or passed on. */
export function isFromNode(req: IncomingMessage): boolean {
	const given = req.headers[NODE_HEADERS.token];
	return typeof given === "string" && isSameSecret(given, nodeToken());
}

/** The visitor's address as the node saw it that passed the request on; undefined for one that came straight to us. */
export function passedAddress(req: IncomingMessage): string | undefined {
	const address = req.headers[NODE_HEADERS.address];
	return typeof address === "string" && isFromNode(req) ? address : undefined;
}

/** The visitor's address, past as many proxies as are to be believed: express's own rule, for what is answered ahead of it. */
export function visitorAddress(req: IncomingMessage, trustedProxies: number): string {
	const passed = passedAddress(req);
	if (passed) return passed;
	const forwarded = [req.headers["x-forwarded-for"] ?? []].flat().join(",").split(",").reverse();
	const hops = [req.socket.remoteAddress ?? "", ...forwarded.map((one) => one.trim()).filter((one) => one !== "")];
	return hops[Math.min(trustedProxies, hops.length - 1)]!;
}
