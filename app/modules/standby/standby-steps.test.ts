import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { NODE_HEADERS, nodeToken } from "#app/lib/node-token.server.ts";
import { answerNode } from "#app/server/answer-node.ts";
import { writeConnection } from "#db/client.ts";
import { clusterState, updateCluster } from "#db/cluster/cluster-state.ts";
import { hearEvent } from "#db/cluster/hear-event.ts";
import { watchRole } from "#db/cluster/watch-role.ts";
import { type FakeLitefs, fakeLitefs } from "#db/testing/fake-litefs.ts";
import { until } from "#jobs/testing/until.ts";
import { inTxOnTwo } from "./in-tx-on-two.server.ts";
import { hearsProof } from "./standby-steps.server.ts";
import { STEPS_PATH } from "./steps-path.ts";

const LONG_MS = 30_000;
const A = "a".repeat(16);
const B = "b".repeat(16);
const AT = { txid: 7, checksum: B };

let litefs: FakeLitefs;
let node: Server;
let url: string;
/** What the scripted node was asked for, and whom it tells its steps. */
let asked: string[];
let told: ServerResponse[];
let tells: boolean;

beforeEach(async () => {
	process.env.SECRET_KEY ??= "5e".repeat(32);
	[asked, told, tells] = [[], [], true];
	node = createServer((req, res) => {
		asked.push(req.url!);
		if (!tells || req.url !== STEPS_PATH) return void res.writeHead(404).end();
		res.writeHead(200).write(`${AT.txid} ${AT.checksum}\n`);
		told.push(res);
	});
	url = await open(node);
	litefs = await fakeLitefs({ CLUSTER_NODES: `n2=${url}`, CANDIDATE_NODES: "n1,n2" });
	litefs.lead("n1");
});
afterEach(async () => {
	node.closeAllConnections();
	await new Promise((resolve) => node.close(resolve));
	await litefs.close();
});

async function open(server: Server): Promise<string> {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const say = (line: string) => told.at(-1)!.write(`${line}\n`);
const heard = () => until("it is heard", LONG_MS, async () => (await hearsProof(url, AT, 0)) === true);

it("what a node tells by itself proves a commit without a question, in pieces as well", async () => {
	updateCluster({ heard: "primary", primary: "n1", epoch: 1, isOpen: true });
	writeConnection().raw.exec("CREATE TABLE rows (n INTEGER)");
	litefs.step(AT);
	await heard();
	const saved = inTxOnTwo((tx) => {
		tx.sql("INSERT INTO rows VALUES (1)").run();
		litefs.step({ txid: 8, checksum: A });
		return {};
	});
	told[0]!.write(`8 ${A.slice(0, 5)}`);
	say(A.slice(5));
	expect(await saved).toEqual({ isOnTwo: true });
	expect(asked).toEqual([STEPS_PATH]);
});

it("another line of books proves nothing, and a number that is not reached neither", async () => {
	await heard();
	say(`8 ${B}`);
	expect(await hearsProof(url, { txid: 8, checksum: A }, 20)).toBe(false);
	expect(await hearsProof(url, { txid: 9, checksum: A }, 20)).toBe(false);
});

it("whoever has skipped ours proves it by where it is, once our own LiteFS says that we came by that", async () => {
	await heard();
	const is = hearsProof(url, { txid: 9, checksum: A }, LONG_MS);
	say(`20 ${B}`);
	await until("it is heard", LONG_MS, async () => (await hearsProof(url, { txid: 20, checksum: B }, 0)) === true);
	hearEvent({ type: "tx", db: "books.db", data: { txID: "14", postApplyChecksum: B } });
	expect(clusterState().trail.get(20)).toBe(B);
	expect(await is).toBe(true);
});

it("nothing is known of a node that stops telling, or does not tell, and it is not asked to again at once", async () => {
	await heard();
	const is = hearsProof(url, { txid: 8, checksum: A }, LONG_MS);
	told[0]!.destroy();
	expect(await is).toBeUndefined();
	expect(await hearsProof(url, AT, LONG_MS)).toBeUndefined();
	expect(asked).toHaveLength(1);
	tells = false;
	await until("it is asked again", LONG_MS, async () => {
		expect(await hearsProof(url, AT, 0)).toBeUndefined();
		return asked.length === 2;
	});
});

it("a node tells other nodes what its LiteFS says, and nothing while it hears none", async () => {
	const real = createServer(answerNode);
	const origin = await open(real);
	const ask = (token = nodeToken()) => fetch(origin + STEPS_PATH, { headers: { [NODE_HEADERS.token]: token } });
	expect((await ask("a stranger")).status).toBe(404);
	expect((await ask()).status).toBe(503);
	litefs.step(AT);
	const watch = watchRole();
	await until("its LiteFS is heard", LONG_MS, () => clusterState().stream > 0);
	const answer = await ask();
	const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
	expect((await reader.read()).value).toBe(`7 ${B}\n`);
	litefs.step({ txid: 8, checksum: A });
	expect((await reader.read()).value).toBe(`8 ${A}\n`);
	litefs.cut({ isNew: false });
	expect((await reader.read()).done).toBe(true);
	watch.stop();
	real.closeAllConnections();
	await new Promise((resolve) => real.close(resolve));
});
