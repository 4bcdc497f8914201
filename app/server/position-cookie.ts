import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "#app/lib/env.ts";
import { clusterState } from "#db/cluster/cluster-state.ts";
import { type Position, position } from "#db/cluster/position.ts";

const NAME = "pos";
/** Replicas are behind by moments; this much later whatever was written is everywhere, or its node is away for good. */
const KEPT_SECONDS = 60;
const VALUE = /(?:^|;)\s*pos=([1-9]\d{0,15})-([0-9a-f]{16})-(\d{1,15})\s*(?:;|$)/;

/** How far the books were after a visitor's newest write, and under which epoch. */
export interface SeenPosition extends Position {
	epoch: number;
}

/** What a visitor has written last; null where it has written nothing lately. */
export function readPosition(req: IncomingMessage): SeenPosition | null {
	const [, txid, checksum, epoch] = VALUE.exec(req.headers.cookie ?? "") ?? [];
	return txid && checksum ? { txid: Number(txid), checksum, epoch: Number(epoch) } : null;
}

/** Gives the visitor the position that the books have when the answer begins: what it wrote was committed before that. */
export function givePosition(req: IncomingMessage, res: ServerResponse): void {
	beforeHeaders(res, () => {
		const now = position();
		if (now) setCookie(req, res, `${now.txid}-${now.checksum}-${clusterState().epoch}`, KEPT_SECONDS);
	});
}

/** Takes it away: it is of books that are no more. */
export function clearPosition(req: IncomingMessage, res: ServerResponse): void {
	beforeHeaders(res, () => setCookie(req, res, "", 0));
}

function setCookie(req: IncomingMessage, res: ServerResponse, value: string, maxAgeSeconds: number): void {
	const isSecure = env().TRUSTED_PROXIES > 0 && String(req.headers["x-forwarded-proto"] ?? "").startsWith("https");
	const secure = isSecure ? "; Secure" : "";
	res.appendHeader("Set-Cookie", `${NAME}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeSeconds}${secure}`);
}

function beforeHeaders(res: ServerResponse, work: () => void): void {
	const { writeHead } = res;
	res.writeHead = function (this: ServerResponse, ...args: unknown[]) {
		res.writeHead = writeHead;
		work();
		return Reflect.apply(writeHead, this, args);
	} as typeof writeHead;
}
