import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TransportError } from "./channel.ts";
import { createTransport, type PooledTransport } from "./transport.server.ts";

let transport: PooledTransport;
let server: Server | undefined;
const sockets = new Set<Socket>();

beforeEach(() => {
	transport = createTransport({ connections: 2, timeoutMs: 1_000, network: "any" });
});
afterEach(async () => {
	await transport.destroy();
	for (const socket of sockets) socket.destroy();
	await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
	server = undefined;
});

async function listen(what: Server): Promise<string> {
	server = what;
	what.on("connection", (socket) => {
		sockets.add(socket);
		socket.on("close", () => sockets.delete(socket));
		socket.on("error", () => {});
	});
	await new Promise<void>((resolve) => what.listen(0, "127.0.0.1", resolve));
	return `http://127.0.0.1:${(what.address() as AddressInfo).port}`;
}
const listenHttp = (listener: RequestListener) => listen(createServer(listener));

const post = (url: string, body = "x") => transport.request({ method: "POST", url, headers: {}, body });

async function failureOf(call: Promise<unknown>): Promise<{ surelyNotSent: boolean; cause: string }> {
	const error = await call.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	expect(error).toBeInstanceOf(TransportError);
	const { surelyNotSent, cause_ } = error as TransportError;
	return { surelyNotSent, cause: cause_ };
}

describe("an answer", () => {
	it("comes with status, headers by small letters, and the whole body, letters split between packets too", async () => {
		const text = "é✓".repeat(5000);
		const url = await listenHttp((request, response) => {
			const bytes = Buffer.from(`${request.method} ${request.url} ${text}`);
			response.writeHead(429, { "Retry-After": "3" });
			response.write(bytes.subarray(0, 4001));
			setImmediate(() => response.end(bytes.subarray(4001)));
		});
		const answer = await transport.request({ method: "GET", url: `${url}/a/b?c=1`, headers: {} });
		expect(answer.status).toBe(429);
		expect(answer.headers["retry-after"]).toBe("3");
		expect(answer.body).toBe(`GET /a/b?c=1 ${text}`);
	});

	it("reuses its connections, no more of them than told", async () => {
		const seen = new Set<number | undefined>();
		const url = await listenHttp((request, response) => {
			seen.add(request.socket.remotePort);
			response.end("ok");
		});
		for (let i = 0; i < 5; i++) await Promise.all(Array.from({ length: 10 }, () => post(url)));
		expect(seen.size).toBe(2);
	});

	it("of more than a megabyte is a failure", async () => {
		const url = await listenHttp((_, response) => response.end("x".repeat(1024 * 1024 + 1)));
		expect(await failureOf(post(url))).toEqual({ surelyNotSent: false, cause: "network" });
	});
});

describe("surely not sent", () => {
	it.each(["http://127.0.0.1:1/", "http://no-such-host.invalid/", "not a url"])(
		"where nobody is there: %s",
		async (url) => {
			const failure = await failureOf(post(url));
			expect(failure.surelyNotSent).toBe(true);
		},
	);

	it("where the call waited for a connection until its time was over; and it is not sent afterwards", async () => {
		const bodies: string[] = [];
		const url = await listenHttp((request, response) => {
			request.setEncoding("utf8");
			request.on("data", (body: string) => {
				bodies.push(body);
				if (body === "last") response.end();
			});
		});
		const held = ["first", "second"].map((body) => failureOf(post(url, body)));
		await expect.poll(() => bodies.length, { interval: 5 }).toBe(2);
		const waiting = failureOf(post(url, "third"));
		// The thread is kept busy, so that all three run out of time in one turn: else the first would free its place a moment earlier.
		const end = performance.now() + 1_100;
		while (performance.now() < end);
		expect(await Promise.all(held)).toEqual([
			{ surelyNotSent: false, cause: "timeout" },
			{ surelyNotSent: false, cause: "timeout" },
		]);
		expect(await waiting).toEqual({ surelyNotSent: true, cause: "timeout" });
		await post(url, "last");
		expect(bodies.toSorted()).toEqual(["first", "last", "second"]);
	});
});

describe("perhaps sent", () => {
	it("where no answer comes in time", async () => {
		const url = await listenHttp(() => {});
		const start = performance.now();
		expect(await failureOf(post(url))).toEqual({ surelyNotSent: false, cause: "timeout" });
		expect(performance.now() - start).toBeGreaterThan(990);
	});

	it("where the answer trickles in without an end", async () => {
		let trickle: NodeJS.Timeout | undefined;
		const url = await listenHttp((_, response) => {
			response.writeHead(200);
			trickle = setInterval(() => response.write("."), 20);
		});
		expect(await failureOf(post(url))).toEqual({ surelyNotSent: false, cause: "timeout" });
		clearInterval(trickle);
	});

	it.each([
		["before the answer", ""],
		["within the head", "HTTP/1.1 200 OK\r\ncontent-le"],
		["within the body", "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nabc"],
		["after what is no HTTP", "SSH-2.0-x\r\n"],
	])("where the connection breaks %s", async (_, answer) => {
		const url = await listen(createTcpServer((socket) => socket.once("data", () => socket.end(answer))));
		expect(await failureOf(post(url))).toEqual({ surelyNotSent: false, cause: "network" });
	});

	it.each([
		["closes", (socket: Socket) => socket.destroy()],
		["resets", (socket: Socket) => socket.resetAndDestroy()],
		["ends", (socket: Socket) => socket.end()],
	])("and never sent again by itself, where a kept-alive connection %s upon the second request", async (_, end) => {
		const bodies: string[] = [];
		const url = await listen(
			createTcpServer((socket) => {
				let requests = 0;
				socket.on("data", (data) => {
					bodies.push(data.toString().split("\r\n\r\n")[1] ?? "");
					if (++requests === 1) socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
					else end(socket);
				});
			}),
		);
		let answered = 0;
		let failed = 0;
		const calls = Array.from({ length: 40 }, (_, at) =>
			post(url, `body-${at}`).then(
				() => answered++,
				() => failed++,
			),
		);
		await Promise.all(calls);
		expect(answered + failed).toBe(40);
		expect(failed).toBeGreaterThan(0);
		expect(bodies.length).toBe(new Set(bodies).size);
		expect(bodies.length).toBe(40);
	});
});

it("close waits for the calls under way", async () => {
	let finish: (() => void) | undefined;
	const url = await listenHttp((_, response) => {
		finish = () => response.end("late");
	});
	const call = post(url);
	await expect.poll(() => finish).toBeDefined();
	const closed = transport.close();
	finish!();
	await closed;
	expect((await call).body).toBe("late");
});
