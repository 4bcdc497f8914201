import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface LeaseServer {
	url: string;
	/** Ends the lease of that node, as time does when it has not renewed it; nothing where it has none. */
	expire(name: string): void;
	close(): Promise<void>;
}

interface Entry {
	value: Buffer;
	session?: string;
}

/** Of an answer to a read; Consul's client wants them. */
const READ_HEADERS = { "X-Consul-Index": "1", "X-Consul-LastContact": "0", "X-Consul-KnownLeader": "true" };

/**
 * As much of Consul as LiteFS asks for, where a lease ends when the test says so and never by the clock: a machine that is too busy to renew
 * one takes nobody's role away.
 */
export async function startLeaseServer(host: string): Promise<LeaseServer> {
	const sessions = new Set<string>();
	const entries = new Map<string, Entry>();

	const end = (session: string) => {
		sessions.delete(session);
		// LiteFS makes its sessions so ("Behavior": "delete").
		for (const [key, entry] of entries) if (entry.session === session) entries.delete(key);
	};
	const put = (key: string, value: Buffer, query: URLSearchParams): boolean => {
		const [acquire, release] = [query.get("acquire"), query.get("release")];
		const held = entries.get(key)?.session;
		if (release !== null) {
			if (held !== release) return false;
			entries.delete(key);
			return true;
		}
		if (acquire !== null && (!sessions.has(acquire) || (held !== undefined && held !== acquire))) return false;
		entries.set(key, { value, session: acquire ?? held });
		return true;
	};
	const answer = (method: string, { pathname, searchParams }: URL, body: Buffer): unknown => {
		const [, , kind, verb = "", ...rest] = pathname.split("/");
		if (kind === "status") return host;
		if (kind === "kv") {
			const key = [verb, ...rest].join("/");
			if (method === "PUT") return put(key, body, searchParams);
			const entry = entries.get(key);
			return entry && [{ Key: key, Value: entry.value.toString("base64"), Session: entry.session }];
		}
		if (verb === "create") {
			const ID = randomUUID();
			sessions.add(ID);
			return { ID };
		}
		const [ID = ""] = rest;
		if (verb === "renew") return sessions.has(ID) ? [{ ID }] : undefined;
		end(ID);
		return true;
	};

	const server = createServer((req, res) => {
		void bodyOf(req).then((body) => {
			const said = answer(req.method ?? "GET", new URL(req.url ?? "/", "http://lease"), body);
			res.writeHead(said === undefined ? 404 : 200, READ_HEADERS).end(said === undefined ? "" : JSON.stringify(said));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, host, resolve));
	return {
		url: `http://${host}:${(server.address() as AddressInfo).port}`,
		expire(name) {
			for (const { value, session } of [...entries.values()])
				if (session && JSON.parse(value.toString()).hostname === name) end(session);
		},
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of req) pieces.push(piece as Buffer);
	return Buffer.concat(pieces);
}
