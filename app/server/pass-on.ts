import { Agent, type IncomingMessage, request, type ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import { env } from "#app/lib/env.ts";
import { NODE_HEADERS, nodeToken } from "#app/lib/node-token.server.ts";
import { visitorAddress } from "./node-hop.ts";
import { watchHop } from "./watch-hop.ts";

/** - "answered": the other's answer is on its way, or the visitor has gone.
 * - "refused": no connection came about, nothing was read or sent: it may be tried again.
 * - "lost": it was sent, and no answer came: whether it was done is not known. */
export type Passed = "answered" | "refused" | "lost";

const CONNECT_WITHIN_MS = 2_000;
const ANSWER_WITHIN_MS = 60_000;
/** Of one connection only, or of what we ourselves say to a node. */
const OURS = /^(connection|keep-alive|proxy-.*|te|trailer|upgrade|expect|x-node-.*)$/i;

// Idle for less than the other's own server keeps it, or we would send into one that it just closed.
const agent = new Agent({ keepAlive: true, maxFreeSockets: 32, timeout: 30_000 });

/** Hands a request to the web of another node as it came (method, body, cookies, Host, X-Forwarded-*), and its answer back. */
export function passOn(url: string, req: IncomingMessage, res: ServerResponse): Promise<Passed> {
	const { hostname, port } = new URL(url);
	return new Promise((resolve) => {
		const out = request({
			agent,
			host: hostname.replace(/^\[|\]$/g, ""),
			port: port || 80,
			method: req.method,
			path: req.url,
			headers: headersOn(req),
		});
		let isConnected = false;
		const begin = () => {
			isConnected = true;
			out.setTimeout(ANSWER_WITHIN_MS, () => out.destroy(new Error("no answer")));
			// Not pipeline: it would end the visitor's connection with ours.
			req.pipe(out);
		};
		const late = setTimeout(() => out.destroy(new Error("no connection")), CONNECT_WITHIN_MS);
		out.on("socket", (socket) => {
			if (!socket.connecting) begin();
			else socket.once("connect", begin);
			socket.once("connect", () => clearTimeout(late));
			if (!socket.connecting) clearTimeout(late);
		});
		const leave = () => out.destroy();
		res.once("close", leave);
		const watch = watchHop(url, () => out.destroy(new Error("it does not live any more")));
		const end = (passed: Passed) => {
			watch.stop();
			clearTimeout(late);
			res.off("close", leave);
			req.unpipe(out);
			resolve(passed);
		};
		out.on("response", (answer) => {
			out.setTimeout(0);
			watch.stop();
			res.writeHead(answer.statusCode!, answer.statusMessage!, withoutHop(answer.rawHeaders));
			// Nobody is told of an answer that breaks off: it is cut off for the visitor as well.
			pipeline(answer, res, () => end("answered"));
		});
		out.on("error", () => {
			if (res.headersSent || res.destroyed) end("answered");
			else end(isConnected ? "lost" : "refused");
		});
	});
}

function headersOn(req: IncomingMessage): string[] {
	const headers = withoutHop(req.rawHeaders);
	const address = visitorAddress(req, env().TRUSTED_PROXIES);
	return [...headers, NODE_HEADERS.token, nodeToken(), NODE_HEADERS.address, address];
}

/** Names and values in turn, as they came. */
function withoutHop(raw: string[]): string[] {
	const kept: string[] = [];
	for (let at = 0; at < raw.length; at += 2) if (!OURS.test(raw[at]!)) kept.push(raw[at]!, raw[at + 1]!);
	return kept;
}
