import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "#app/lib/env.ts";
import { log } from "#app/lib/log.ts";
import { callbackToken, isSameSecret } from "#app/lib/secrets.server.ts";
import { providerSetup } from "#app/modules/providers/provider-setup.server.ts";
import { type RawReceipt, storeReceipt } from "#jobs/wire/store-receipt.ts";

export const CALLBACK_MAX_BYTES = 1024 * 1024;
const RETRY_AFTER_SECONDS = "5";
/** So long the rest of a refused callback is read on. */
const READ_ON_MS = 10_000;

/** "/hooks/7/1-<token>" and what the adapter hung on behind: "/seen", "/m/<external id>". */
const ADDRESS = /^\/hooks\/([1-9]\d{0,8})\/([1-9]\d{0,8})-([\w-]{43})((?:\/[a-z0-9-]{1,60}){0,2})(?:\?|$)/;

/** Derived tokens by provider and version: deriving one costs more than all the rest of a callback. */
const tokens = new Map<string, string>();
const TOKENS_KEPT = 1_000;

function expectedToken(providerId: number, version: number): string {
	const key = `${providerId}:${version}`;
	let token = tokens.get(key);
	if (!token) {
		// Strangers can ask for any number of providers.
		if (tokens.size >= TOKENS_KEPT) tokens.clear();
		token = callbackToken(providerId, version);
		tokens.set(key, token);
	}
	return token;
}

function readAddress(url: string): { providerId: number; path: string } | undefined {
	const [, provider, version, token, path] = ADDRESS.exec(url) ?? [];
	if (!token || !isSameSecret(token, expectedToken(Number(provider), Number(version)))) return undefined;
	return { providerId: Number(provider), path: path ?? "" };
}

/**
 * A provider's callback: verified by the token in its address, and by its signature where the provider signs; stored in the wire,
 * and only then answered. 404 for a wrong address or token, 403 for a GET that asks in vain, 405, 413; 503 where Postgres did not take it, and where the signature
 * is wrong: whoever has the address is the provider, and comes again once its secret has been put right.
 */
export function takeCallback(req: IncomingMessage, res: ServerResponse): void {
	const address = readAddress(req.url ?? "");
	if (!address) refuse(req, res, 404);
	else if (req.method === "GET") takeGet(address, req, res);
	else if (req.method !== "POST") refuse(req, res, 405, { Allow: "POST" });
	else if (Number(req.headers["content-length"] ?? 0) > CALLBACK_MAX_BYTES) refuseTooLarge(req, res);
	else readBody(req, res, (body) => take({ ...address, body }, req, res));
}

function readBody(req: IncomingMessage, res: ServerResponse, whole: (body: string) => void): void {
	const pieces: Buffer[] = [];
	let length = 0;
	req.on("data", (piece: Buffer) => {
		length += piece.length;
		if (length <= CALLBACK_MAX_BYTES) pieces.push(piece);
		else if (!res.headersSent) refuseTooLarge(req, res);
	});
	req.on("end", () => {
		if (length <= CALLBACK_MAX_BYTES)
			whole((pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)).toString("utf8"));
	});
}

function take(receipt: RawReceipt, req: IncomingMessage, res: ServerResponse): void {
	if (isSignedRight(receipt, req)) store(receipt, res);
	else {
		log.warn({ providerId: receipt.providerId }, "a callback without the provider's signature was not taken");
		refuse(req, res, 503, { "Retry-After": RETRY_AFTER_SECONDS });
	}
}

/** Some ask first whether the address is ours, and some report in the address itself; to all others a GET is none of theirs. */
function takeGet(address: { providerId: number; path: string }, req: IncomingMessage, res: ServerResponse): void {
	const provider = knownProvider(address.providerId);
	if (!provider) refuse(req, res, 503, { "Retry-After": RETRY_AFTER_SECONDS });
	else if (!provider.adapter.readGet) refuse(req, res, 405, { Allow: "POST" });
	else {
		const { url = "" } = req;
		const query = url.includes("?") ? url.slice(url.indexOf("?") + 1) : "";
		const read = provider.adapter.readGet(query, provider.settings);
		if (!read) refuse(req, res, 403);
		else if ("body" in read) take({ ...address, body: read.body }, req, res);
		else answerPlainly(read.answer, req, res);
	}
}

function answerPlainly(answer: string, req: IncomingMessage, res: ServerResponse): void {
	req.resume();
	// Plain text, whatever was asked: the answer repeats words of the question.
	const headers = { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" };
	res.writeHead(200, headers).end(answer);
}

/** Undefined where this node's books do not hold it yet, or cannot set it up: it may come again. */
function knownProvider(providerId: number) {
	try {
		return providerSetup(providerId);
	} catch (error) {
		log.warn({ error: (error as Error).message, providerId }, "a provider could not be set up");
		return undefined;
	}
}

function isSignedRight({ providerId, body }: RawReceipt, { url = "", headers }: IncomingMessage): boolean {
	try {
		const provider = providerSetup(providerId);
		// A provider that this node's books do not hold yet: the token vouches for it.
		return provider?.adapter.authenticate?.({ url: env().PUBLIC_URL + url, headers, body }, provider.settings) ?? true;
	} catch (error) {
		log.warn({ error: (error as Error).message, providerId }, "a provider could not be set up");
		return false;
	}
}

function store(receipt: RawReceipt, res: ServerResponse): void {
	storeReceipt(receipt).then(
		() => res.writeHead(200, { "Content-Length": "0" }).end(),
		(error: Error) => {
			log.warn({ error: error.message, providerId: receipt.providerId }, "a callback could not be stored");
			res.writeHead(503, { "Content-Length": "0", "Retry-After": RETRY_AFTER_SECONDS }).end();
		},
	);
}

/** As soon as it is known to be too large: nothing of it is kept. */
function refuseTooLarge(req: IncomingMessage, res: ServerResponse): void {
	res.writeHead(413, { "Content-Type": "text/plain" }).write(`At most ${CALLBACK_MAX_BYTES} bytes.\n`);
	endOnceRead(req, res);
}

function refuse(req: IncomingMessage, res: ServerResponse, status: number, headers: Record<string, string> = {}): void {
	res.writeHead(status, { "Content-Length": "0", ...headers }).flushHeaders();
	endOnceRead(req, res);
}

/**
 * Ends an answer that is out already, once the rest of the question has been read and dropped: a connection that is closed under one
 * that is still sending ("Connection: close" does that) shows it no answer. Who sends for too long is cut off.
 */
function endOnceRead(req: IncomingMessage, res: ServerResponse): void {
	const cut = setTimeout(() => req.destroy(), READ_ON_MS).unref();
	const end = () => {
		clearTimeout(cut);
		res.end();
	};
	req.once("close", () => clearTimeout(cut));
	if (req.readableEnded) end();
	else req.once("end", end).resume();
}
