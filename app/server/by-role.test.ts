import { copyFileSync } from "node:fs";
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, expect, inject, it } from "vitest";
import { NODE_HEADERS, nodeToken } from "#app/lib/node-token.server.ts";
import { updateCluster } from "#db/cluster/cluster-state.ts";
import { type FakeLitefs, fakeLitefs } from "#db/testing/fake-litefs.ts";
import { until } from "#jobs/testing/until.ts";
import { answerNode } from "./answer-node.ts";
import { byRole } from "./by-role.ts";
import { passedAddress } from "./node-hop.ts";
import { openGate, shutGate } from "./write-gate.ts";

const A = "a".repeat(16);
const B = "b".repeat(16);

interface Seen {
	by: string;
	method: string;
	url: string;
	body: string;
	headers: IncomingMessage["headers"];
	address: string | undefined;
}

let litefs: FakeLitefs;
let here: Server;
let primary: Server;
let seen: Seen[];
/** What the one that leads answers with instead. */
let answerBy: Take | undefined;
/** What this node serves with instead. */
let serveBy: Take | undefined;

const portOf = (server: Server) => (server.address() as AddressInfo).port;
type Take = (req: IncomingMessage, res: ServerResponse) => void;

async function listen(by: string, on: (take: Take) => Take): Promise<Server> {
	const record: Take = (req, res) => {
		let body = "";
		req.on("data", (piece) => (body += piece));
		const answer = () => {
			const { method = "", url = "", headers } = req;
			seen.push({ by, method, url, body, headers, address: passedAddress(req) });
			res.setHeader("Set-Cookie", ["a=1", "b=2"]);
			res.writeHead(201, { "Content-Type": "text/plain" }).end(`${by} has it`);
		};
		// What was passed on and came back is read already.
		if (req.readableEnded) answer();
		else req.on("end", answer);
	};
	const server = createServer(on(record));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return server;
}

beforeEach(async () => {
	seen = [];
	answerBy = undefined;
	serveBy = undefined;
	process.env.SECRET_KEY ??= "5e".repeat(32);
	primary = await listen("n2", (take) => (req, res) => (answerBy ?? take)(req, res));
	litefs = await fakeLitefs({ CLUSTER_NODES: `n2=http://127.0.0.1:${portOf(primary)}` });
	copyFileSync(inject("booksTemplate"), join(litefs.folder, "books.db"));
	openGate();
	here = await listen("n1", (take) => {
		const serve = byRole((req, res) => (serveBy ?? take)(req, res));
		return (req, res) => (req.url?.startsWith("/internal/") ? answerNode : serve)(req, res);
	});
});
afterEach(async () => {
	for (const server of [here, primary]) {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
	await litefs.close();
});

function beReplica(): void {
	litefs.lead("n2");
	updateCluster({ heard: "replica", primary: "n2", epoch: 4, isOpen: false });
}
function bePrimary(): void {
	litefs.lead("n1");
	updateCluster({ heard: "primary", primary: "n1", epoch: 4, isOpen: true });
}

interface Got {
	status: number;
	headers: IncomingMessage["headers"];
	text: string;
}
function ask(path: string, headers: Record<string, string> = {}, body?: string): Promise<Got> {
	return new Promise((resolve, reject) => {
		const method = body === undefined ? "GET" : "POST";
		const req = request({ port: portOf(here), path, method, headers, agent: false }, (res) => {
			let text = "";
			res.on("data", (piece) => (text += piece));
			res.on("error", reject);
			res.on("end", () => resolve({ status: res.statusCode!, headers: res.headers, text }));
		});
		req.on("error", reject);
		req.end(body);
	});
}
const cookieOf = (got: Got) => got.headers["set-cookie"]?.find((one) => one.startsWith("pos="));

it("passes a replica's writes on as they came, and the answer back", async () => {
	beReplica();
	const headers = { host: "shop.example:81", cookie: "sid=7", "x-forwarded-for": "9.9.9.9", "content-type": "text/x" };
	const got = await ask("/client/x?y=%20", headers, "what was typed");
	expect(got).toMatchObject({ status: 201, text: "n2 has it" });
	expect(got.headers["set-cookie"]).toEqual(["a=1", "b=2"]);
	expect(seen).toHaveLength(1);
	expect(seen[0]).toMatchObject({ by: "n2", method: "POST", url: "/client/x?y=%20", body: "what was typed" });
	expect(seen[0]!.headers).toMatchObject(headers);
	expect(seen[0]!.address, "nobody is believed who was not told to be").toBe("127.0.0.1");
});

it("passes a body of unknown length on piece by piece", async () => {
	beReplica();
	await ask("/x", { "transfer-encoding": "chunked" }, "z".repeat(300_000));
	expect(seen[0]!.body).toHaveLength(300_000);
	expect(seen[0]!.headers["content-length"]).toBeUndefined();
});

it("believes an address only of a node of its own", async () => {
	bePrimary();
	await ask("/x", { [NODE_HEADERS.address]: "8.8.8.8", [NODE_HEADERS.token]: "no" }, "");
	await ask("/x", { [NODE_HEADERS.address]: "8.8.8.8", [NODE_HEADERS.token]: nodeToken() }, "");
	expect(seen.map((one) => one.address)).toEqual([undefined, "8.8.8.8"]);
});

it("does not pass on twice: what a node has passed on is refused by the next that does not lead", async () => {
	beReplica();
	const got = await ask("/x", { [NODE_HEADERS.token]: nodeToken() }, "a");
	expect(seen).toMatchObject([{ by: "n1", method: "GET", url: "/error/503" }]);
	expect(got.headers["retry-after"]).toBe("5");
});

it("waits for somebody to lead, and serves the write then", async () => {
	const got = ask("/x", {}, "late");
	await new Promise((resolve) => setImmediate(resolve));
	bePrimary();
	expect((await got).status).toBe(201);
	expect(seen).toMatchObject([{ by: "n1", method: "POST", body: "late" }]);
});

it("finds the new one that leads where the old one cannot be reached any more", async () => {
	beReplica();
	updateCluster({ primary: "n3" });
	const got = ask("/x", {}, "on its way");
	await new Promise((resolve) => setImmediate(resolve));
	updateCluster({ primary: "n2" });
	expect((await got).text).toBe("n2 has it");
	expect(seen).toMatchObject([{ by: "n2", body: "on its way" }]);
});

it("says that it is not known whether a write was done, where the one that leads died over it", async () => {
	beReplica();
	answerBy = (req) => req.on("data", () => req.socket.destroy());
	await ask("/x", {}, "half");
	expect(seen).toMatchObject([{ by: "n1", method: "GET", url: "/error/504" }]);
});

it("lets Fly's edge replay what is small, once, and streams the rest", async () => {
	process.env.FLY_APP_NAME = "app";
	const { resetEnv } = await import("#app/lib/env.ts");
	resetEnv();
	beReplica();
	const got = await ask("/x", {}, "small");
	expect(got.headers["fly-replay"]).toBe("instance=n2");
	expect(seen).toEqual([]);
	await ask("/x", { "transfer-encoding": "chunked" }, "z");
	expect(seen).toMatchObject([{ by: "n2" }]);
});

it("gives whoever has written the position that the books have then", async () => {
	bePrimary();
	litefs.step({ txid: 7, checksum: A });
	expect(cookieOf(await ask("/x", {}, ""))).toBe(`pos=7-${A}-4; Path=/; HttpOnly; SameSite=Lax; Max-Age=60`);
	expect(cookieOf(await ask("/x")), "a read gives none").toBeUndefined();
});

it("a replica serves a read once it has what its visitor wrote, and passes it on where that takes too long", async () => {
	beReplica();
	litefs.step({ txid: 6, checksum: B });
	const waiting = ask("/x", { cookie: `pos=7-${A}-4` });
	await new Promise((resolve) => setImmediate(resolve));
	litefs.step({ txid: 7, checksum: A });
	await waiting;
	await ask("/x", { cookie: `pos=8-${A}-4` });
	await ask("/x", { cookie: `pos=1-${A}-5` });
	await ask("/assets/x.js", { cookie: `pos=8-${A}-4` });
	await ask("/x", { cookie: "pos=nonsense" });
	expect(seen.map((one) => one.by)).toEqual(["n1", "n2", "n2", "n1", "n1"]);
});

it("a failover that lost something locks nobody out: what the visitor saw is forgotten", async () => {
	litefs.step({ txid: 6, checksum: B });
	bePrimary();
	const got = await ask("/x", { cookie: `pos=9-${A}-3` });
	expect(cookieOf(got)).toContain("pos=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
	for (const stale of [`9-${A}-4`, `6-${B}-3`, `6-${B}-5`])
		expect(cookieOf(await ask("/x", { cookie: `a=b; pos=${stale}` })), stale).toContain("Max-Age=0");
	expect(cookieOf(await ask("/x", { cookie: `pos=6-${B}-4` }))).toBeUndefined();
	expect(new Set(seen.map((one) => one.by))).toEqual(new Set(["n1"]));
});

it("a replica asks the one that leads about what was written before it led: it may have it, and this one not yet", async () => {
	beReplica();
	litefs.step({ txid: 6, checksum: B });
	expect((await ask("/x", { cookie: `pos=9-${A}-3` })).text).toBe("n2 has it");
	updateCluster({ primary: "n3" });
	expect((await ask("/x", { cookie: `pos=9-${A}-3` })).text).toBe("n1 has it");
});

it("shows an old page where the one that leads is away", async () => {
	beReplica();
	updateCluster({ primary: "n3" });
	expect((await ask("/x", { cookie: `pos=8-${A}-4` })).text).toBe("n1 has it");
});

it("tells its position to nodes of its own, and to nobody else", async () => {
	beReplica();
	litefs.step({ txid: 7, checksum: A });
	const path = "/internal/position?txid=7&within=1000";
	expect((await ask(path)).status).toBe(404);
	expect((await ask("/internal/else", { [NODE_HEADERS.token]: nodeToken() })).status).toBe(404);
	const got = await ask(path, { [NODE_HEADERS.token]: nodeToken() });
	expect(JSON.parse(got.text)).toEqual({ position: { txid: 7, checksum: A }, checksumThen: null });
});

it("a write that comes while the books are given away waits, and goes to whoever has them then, even where it was passed on before", async () => {
	bePrimary();
	await shutGate(10_000, 0);
	const own = ask("/x", {}, "own");
	const passed = ask("/x", { [NODE_HEADERS.token]: nodeToken() }, "passed on");
	await new Promise((resolve) => setImmediate(resolve));
	expect(seen).toEqual([]);
	beReplica();
	expect([(await own).text, (await passed).text]).toEqual(["n2 has it", "n2 has it"]);
});

it("a write that comes while the books are given away is served here, where they stay", async () => {
	bePrimary();
	await shutGate(10_000, 0);
	const got = ask("/x", {}, "a");
	await new Promise((resolve) => setImmediate(resolve));
	openGate();
	expect((await got).text).toBe("n1 has it");
});

it("the gate is shut once what is being written has been answered", async () => {
	bePrimary();
	let finish: (() => void) | undefined;
	serveBy = (_, res) => {
		finish = () => res.writeHead(201).end();
	};
	const got = ask("/x", {}, "slow");
	await until("it is being served", 30_000, () => finish);
	let isShut = false;
	const shutting = shutGate(10_000, 30_000).then(() => (isShut = true));
	await new Promise((resolve) => setImmediate(resolve));
	expect(isShut).toBe(false);
	finish!();
	await Promise.all([got, shutting]);
});

it("a node whose code is newer than its books reads from the one that leads, and says so where nobody does", async () => {
	const { writeConnection, closeBooks } = await import("#db/client.ts");
	const migrations = "__drizzle_migrations WHERE created_at = (SELECT max(created_at) FROM __drizzle_migrations)";
	const newest = writeConnection().raw.prepare(`SELECT hash, created_at AS at FROM ${migrations}`).get();
	writeConnection().raw.exec(`DELETE FROM ${migrations}`);
	closeBooks();
	beReplica();
	expect((await ask("/x")).text).toBe("n2 has it");
	expect((await ask("/assets/x.js")).text).toBe("n1 has it");
	expect((await ask("/x", { [NODE_HEADERS.token]: nodeToken() })).status, "not twice").toBe(503);
	updateCluster({ heard: "unknown", primary: null });
	expect((await ask("/x")).status).toBe(503);
	beReplica();
	writeConnection()
		.raw.prepare("INSERT INTO __drizzle_migrations (hash, created_at) VALUES (@hash, @at)")
		.run(newest as object);
	await until("it reads its own", 30_000, async () => (await ask("/x")).text === "n1 has it");
});

it("gives up a node that owes an answer, once it neither leads nor lives", async () => {
	beReplica();
	let isAsked = false;
	answerBy = (req) => {
		if (req.url === "/healthz") req.socket.destroy();
		else isAsked = true;
	};
	const got = ask("/x", {}, "half");
	await until("it has the form", 30_000, () => isAsked);
	updateCluster({ primary: "n3" });
	await got;
	expect(seen).toMatchObject([{ by: "n1", method: "GET", url: "/error/504" }]);
});

it("waits for the answer of a node that lives, though it has given the books away meanwhile", async () => {
	beReplica();
	let answer: (() => void) | undefined;
	let looks = 0;
	answerBy = (req, res) => {
		if (req.url !== "/healthz") answer = () => res.writeHead(201).end("done");
		else {
			looks++;
			res.end("alive");
		}
	};
	const got = ask("/x", {}, "slow");
	await until("it has the form", 30_000, () => answer);
	updateCluster({ primary: "n3" });
	await until("it was looked at twice", 30_000, () => looks > 1);
	answer!();
	expect((await got).text).toBe("done");
	expect(seen).toEqual([]);
});

it("without its LiteFS it refuses writes at once, those that wait for somebody to lead too, and waits for nothing that a reader has written", async () => {
	let isWaiting = false;
	here.once("request", () => {
		isWaiting = true;
	});
	const waiting = ask("/x", {}, "a");
	await until("the write waits", 30_000, () => isWaiting);
	updateCluster({ isAway: true });
	await new Promise((resolve) => setImmediate(resolve));
	// What did not hear of it would be served now.
	updateCluster({ isAway: false });
	bePrimary();
	await waiting;
	updateCluster({ isAway: true });
	await ask("/x", {}, "b");
	expect(seen).toMatchObject([
		{ by: "n1", method: "GET", url: "/error/503" },
		{ by: "n1", method: "GET", url: "/error/503" },
	]);
	beReplica();
	expect((await ask("/x", { cookie: `pos=8-${A}-4` })).text, "a page that says so").toBe("n1 has it");
});
