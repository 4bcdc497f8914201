import { spawn } from "node:child_process";
import { appendFileSync, closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { resetEnv } from "#app/lib/env.ts";
import { inTxOnTwo } from "#app/modules/standby/in-tx-on-two.server.ts";
import { addPeople, PASSWORD } from "#app/testing/people.ts";
import { startWeb } from "#app/testing/start-web.ts";
import { closeBooks, writeConnection } from "#db/client.ts";
import { watchRole } from "#db/cluster/watch-role.ts";
import { role } from "#db/role.ts";
import { inTx, type Tx } from "#db/tx.ts";
import { until } from "#jobs/testing/until.ts";
import { watchEpoch } from "#jobs/wire/epochs/watch-epoch.ts";
import { Arrivals } from "./arrivals.ts";
import { House } from "./house.ts";
import { useBooksOf } from "./leading.ts";
import { addressOf, onNode } from "./network.ts";
import { Visitor } from "./visitor.ts";

const SAMPLES = Number(process.env.REPLICATION_SAMPLES || 200);
const PEOPLE = Number(process.env.REPLICATION_PEOPLE || 10_000);
/** Where the figures go; else to the output. */
const REPORT = process.env.REPLICATION_REPORT;
const HANGS_AFTER_MS = 180_000;
/** What is left for others between two samples: the node is idle but for them. */
const REST_MS = 5;
const ECHO_PORT = 7_777;
const PAGES = ["/dealer/accounts", "/dealer/money"];

let house: House;
afterAll(() => house?.close());

/**
 * What replication costs in time, with real LiteFS: from a commit until the others show its position, idle and under a campaign; what acknowledged
 * money waits for; a page on the mount. Beside it a packet's way there and back, and a bare fsync. One JSON line a figure.
 */
it("replicas follow, and a standby says so", async () => {
	await measureRaw("fsync", fsyncs);
	house = await House.open();
	await measureRaw("round trip over the bridge", roundTrips);
	useBooksOf(house.cluster, house.epoch.node);
	await addPeople();
	await measurePages(Math.ceil(SAMPLES / 5));
	await beNode(house);
	expect(await measureLag("idle", SAMPLES)).toBe(SAMPLES);
	await measureKept(SAMPLES);
	house.fake.control({ answerMs: [1, 20], receipts: { deliveryMs: [5, 400], seenMs: [5, 400], retryScale: 0.01 } });
	const campaign = await house.campaign(PEOPLE);
	await house.sends();
	const from = performance.now();
	expect(await measureLag("while a campaign is sent", SAMPLES, () => house.isDone(campaign.of))).toBeGreaterThan(0);
	await until("the campaign is done", 600_000, () => house.isDone(campaign.of));
	print({ campaign: PEOPLE, seconds: round((performance.now() - from) / 1_000) });
	expect(await house.faults(campaign)).toEqual([]);
});

function print(figure: Record<string, unknown>): void {
	const line = JSON.stringify({ bench: "replication", ...figure });
	if (REPORT) appendFileSync(REPORT, `${line}\n`);
	else console.log(line);
}

const round = (value: number) => Math.round(value * 100) / 100;

/** Of milliseconds. */
function quantiles(times: number[]): { p50: number; p99: number } {
	const sorted = times.toSorted((a, b) => a - b);
	const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
	return { p50: at(0.5), p99: at(0.99) };
}

async function measureRaw(raw: string, measure: (samples: number) => Promise<number[]>): Promise<void> {
	print({ raw, samples: SAMPLES, ms: quantiles(await measure(SAMPLES)) });
}

async function fsyncs(samples: number): Promise<number[]> {
	const folder = mkdtempSync(join(tmpdir(), "bench-replication-"));
	const file = openSync(join(folder, "file"), "w");
	const page = Buffer.alloc(16_384, 1);
	const times: number[] = [];
	for (let i = 0; i < samples; i++) {
		const from = performance.now();
		writeSync(file, page);
		fsyncSync(file);
		times.push(performance.now() - from);
	}
	closeSync(file);
	rmSync(folder, { recursive: true });
	return times;
}

async function roundTrips(samples: number): Promise<number[]> {
	const echo = `require("node:net").createServer((one) => one.pipe(one)).listen(${ECHO_PORT})`;
	const [program, args] = onNode("n1", [process.execPath, "-e", echo]);
	const child = spawn(program, args, { stdio: "ignore" });
	try {
		const socket = await until("the echo answers", HANGS_AFTER_MS, () => connected(addressOf("n1"), ECHO_PORT));
		socket.setNoDelay(true);
		const times: number[] = [];
		for (let i = 0; i < samples; i++) {
			const from = performance.now();
			socket.write("x");
			await new Promise((resolve) => socket.once("data", resolve));
			times.push(performance.now() - from);
		}
		socket.destroy();
		return times;
	} finally {
		child.kill("SIGKILL");
	}
}

function connected(host: string, port: number): Promise<Socket | undefined> {
	return new Promise((resolve) => {
		const socket = connect(port, host, () => resolve(socket));
		socket.on("error", () => resolve(undefined));
	});
}

/** The same pages on the node that leads, on one that only reads, and on a copy of the books in a plain file, in turns. */
async function measurePages(samples: number): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), "bench-replication-"));
	const visitor = new Visitor();
	await visitor.signIn(house.cluster.web(house.epoch.node), "dealer", PASSWORD);
	await writeConnection().raw.backup(join(folder, "books.db"));
	closeBooks();
	const plain = await startWeb({ DATA_DIR: folder });
	try {
		const replica = house.cluster.names.find((name) => name !== house.epoch.node)!;
		const places = {
			plain: `http://127.0.0.1:${plain.port}`,
			"the node that leads": house.cluster.web(house.epoch.node),
			"a node that reads": house.cluster.web(replica),
		};
		const reader = { Cookie: `sid=${visitor.cookie("sid")}` };
		const times = new Map<string, number[]>();
		for (let i = 0; i < samples; i++)
			for (const page of PAGES)
				for (const [place, origin] of Object.entries(places)) {
					const from = performance.now();
					const answer = await fetch(origin + page, { headers: reader, redirect: "manual" });
					await answer.text();
					if (answer.status !== 200) throw new Error(`${page} was answered ${answer.status} by ${place}`);
					const key = `${page}: ${place}`;
					times.set(key, [...(times.get(key) ?? []), performance.now() - from]);
				}
		for (const page of PAGES) {
			const bare = quantiles(times.get(`${page}: plain`)!);
			for (const place of Object.keys(places)) {
				const ms = quantiles(times.get(`${page}: ${place}`)!);
				print({ page, place, samples, ms, moreAtP50: round(ms.p50 - bare.p50) });
			}
		}
	} finally {
		await plain.stop();
		rmSync(folder, { recursive: true });
	}
}

/** From here on this process is one of the node that leads, and waits for these standbys. */
async function beNode({ cluster, epoch: { node } }: House): Promise<void> {
	useBooksOf(cluster, node);
	Object.assign(process.env, {
		LITEFS_DIR: cluster.mount(node),
		LITEFS_URL: `http://${addressOf(node)}:20202`,
		NODE_NAME: node,
		CLUSTER_NODES: cluster.names.map((one) => `${one}=${cluster.web(one)}`).join(","),
	});
	waitFor(cluster.candidates);
	watchRole();
	watchEpoch();
	await until("this process may write", HANGS_AFTER_MS, () => role() === "primary");
}

function waitFor(candidates: string[]): void {
	process.env.CANDIDATE_NODES = candidates.join(",");
	resetEnv();
}

let count = 0;
function writeOne(tx: Tx): { n: number } {
	tx.sql(
		"INSERT INTO settings (key, value) VALUES ('bench', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
	).run(String(++count));
	return { n: count };
}

/**
 * From when a commit has returned until LiteFS of the other nodes says that it has come, which it does once it shows there. Nobody looks at their mounts
 * again and again: that would keep from their work the very processes that are waited for.
 *
 * @returns how often.
 */
async function measureLag(when: string, samples: number, isOver?: () => Promise<boolean>): Promise<number> {
	const others = house.cluster.names.filter((name) => name !== house.epoch.node);
	const times = new Map<string, number[]>(others.map((name) => [name, []]));
	const heard = new Map<string, Arrivals>(others.map((name) => [name, new Arrivals(name)]));
	const began = performance.now();
	try {
		for (const one of heard.values()) await one.isListening;
		for (let i = 0; i < samples; i++) {
			// The campaign is looked at seldom: it is read from the same books.
			if (isOver && i % 100 === 99 && (await isOver())) break;
			await inTx(writeOne);
			const from = performance.now();
			const { txid } = house.cluster.position(house.epoch.node)!;
			await Promise.all(
				others.map(async (name) => {
					const at = await heard.get(name)!.of(txid);
					times.get(name)!.push(Math.max(0, at - from));
					expect(house.cluster.position(name)!.txid).toBeGreaterThanOrEqual(txid);
				}),
			);
			await pause(REST_MS);
		}
	} finally {
		for (const one of heard.values()) one.end();
	}
	const seconds = round((performance.now() - began) / 1_000);
	for (const [name, taken] of times)
		print({ lag: when, to: name, samples: taken.length, seconds, ms: quantiles(taken) });
	return times.get(others[0]!)!.length;
}

/** A transaction of one row: alone, with its position proved, and with a standby's word for it; in turns. */
async function measureKept(samples: number): Promise<void> {
	const ways: Record<string, () => Promise<unknown>> = {
		"inTx, which nobody waits for": () => inTx(writeOne),
		"inTxOnTwo without a standby": () => inTxOnTwo(writeOne),
		"inTxOnTwo with a standby": async () => {
			const { isOnTwo } = await inTxOnTwo(writeOne);
			if (!isOnTwo) throw new Error("the standby did not say that it has it");
		},
	};
	const times = new Map<string, number[]>(Object.keys(ways).map((way) => [way, []]));
	const standby = new Arrivals(house.cluster.candidates.find((name) => name !== house.epoch.node)!);
	await standby.isListening;
	const ours: number[] = [];
	for (let i = 0; i < samples; i++)
		for (const [way, write] of Object.entries(ways)) {
			const hasStandby = way.endsWith("with a standby");
			waitFor(hasStandby ? house.cluster.candidates : [house.epoch.node]);
			const from = performance.now();
			await write();
			const done = performance.now();
			times.get(way)!.push(done - from);
			if (hasStandby) ours.push(done - (await standby.of(house.cluster.position(house.epoch.node)!.txid)));
			await pause(REST_MS);
		}
	standby.end();
	const alone = quantiles(times.get("inTxOnTwo without a standby")!);
	for (const [way, taken] of times) {
		const ms = quantiles(taken);
		print({ commit: way, samples, ms, moreAtP50: round(ms.p50 - alone.p50) });
	}
	// All before that is LiteFS's. Another's transaction may have come in between: then it is too little.
	print({ word: "after the standby's LiteFS said that it came", samples, ms: quantiles(ours) });
}
