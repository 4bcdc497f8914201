import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Fake, startFake } from "#app/channels/viber/infobip/fake.ts";
import { closeBooks } from "#db/client.ts";
import { type TestTenant, testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { deposit, moneyFaults, priceCampaign, underDealers } from "#db/testing/money.ts";
import { recount } from "#db/testing/recount.ts";
import { readBooks } from "#db/tx.ts";
import { until } from "#jobs/testing/until.ts";
import { closeWire, wirePool } from "#jobs/wire/pool.ts";
import { startBalancer } from "./balancer.ts";
import { whyNoCluster } from "./build-tools.ts";
import { Cluster } from "./cluster.ts";
import { newEpoch, type OpenEpoch, useBooksOf } from "./leading.ts";
import { HOST_ADDRESS } from "./network.ts";

const PEOPLE = Number(process.env.REPLICATION_PEOPLE || 20_000);
const KILLS = Number(process.env.REPLICATION_KILLS || 20);
/** What the client and the two dealers above it pay for one message. */
const UNITS = [10, 7, 4] as const;
const SECRET_KEY = "5e".repeat(32);

const reason = whyNoCluster();
if (reason) throw new Error(`no cluster can run here: ${reason}`);

let cluster: Cluster;
let fake: Fake;
let balancer: Awaited<ReturnType<typeof startBalancer>>;
let epoch: OpenEpoch;
const alive = new Set<string>();

beforeAll(async () => {
	process.env.SECRET_KEY = SECRET_KEY;
	cluster = await Cluster.open({
		ttl: "3s",
		candidates: ["n1", "n2"],
		env: {
			SECRET_KEY,
			LOG_LEVEL: "info",
			ASK_AFTER_MS: "500",
			CALL_TIMEOUT_MS: "2000",
			SWEEP_INTERVAL_MS: "500",
			FAILOVER_STEP_MS: "500",
			PUBLIC_URL: "http://unset.invalid",
		},
	});
	balancer = await startBalancer(HOST_ADDRESS, () => [...alive].map(cluster.web));
	cluster.tell("PUBLIC_URL", balancer.url);
	fake = await startFake({ apiKey: "test-key", host: HOST_ADDRESS });
	await cluster.startNode("n1");
	useBooksOf(cluster, "n1");
	epoch = await newEpoch(0);
	for (const name of ["n2", "n3"]) await cluster.startNode(name);
	for (const name of cluster.names) {
		await cluster.ready(name);
		alive.add(name);
	}
});

afterAll(async () => {
	closeBooks();
	await closeWire();
	await cluster?.close();
	await fake?.close();
	await balancer?.close();
});

async function prepared(): Promise<{ of: TestTenant; phones: string[]; dealers: number[] }> {
	useBooksOf(cluster, epoch.node);
	await testProvider(fake.baseUrl, { bulkSize: 20, connections: 2 });
	const phones = testPhones(PEOPLE);
	const of = await testCampaign(phones);
	const dealers = await underDealers(of.accountId, 2);
	await deposit(of.accountId, UNITS[0] * PEOPLE);
	const tiers = [of.accountId, ...dealers].map((accountId, at) => ({ accountId, unitMicros: UNITS[at]! }));
	await priceCampaign(of, { chargeOn: "accepted", refunds: true }, [{ tiers, quantity: PEOPLE }]);
	closeBooks();
	return { of, phones, dealers };
}

async function sendsUnder(n: number): Promise<boolean> {
	const { rowCount } = await wirePool().query("SELECT 1 FROM wire.intents WHERE epoch = $1 LIMIT 1", [n]);
	return rowCount === 1;
}

/** Its books are as far as the primary's were at this moment. */
async function caughtUp(name: string): Promise<void> {
	const goal = await until("the primary has a position", 60_000, () => cluster.position(epoch.node));
	await until(`${name} has caught up`, 120_000, () => (cluster.position(name)?.txid ?? 0) >= goal.txid);
}

describe("the primary dies", () => {
	it(`in the middle of a campaign, ${KILLS} times: nobody is written to twice, nobody is lost`, async () => {
		fake.control({ answerMs: [400, 800], receipts: { deliveryMs: [5, 400], seenMs: [5, 400], retryScale: 0.01 } });
		const { of, phones } = await prepared();
		const state = () => {
			useBooksOf(cluster, epoch.node);
			return readBooks((tx) =>
				tx.sql<{ state: string }>("SELECT state FROM campaigns WHERE id = ?").get(of.campaignId),
			)!.state;
		};
		const outagesMs: number[] = [];
		for (let kill = 0; kill < KILLS; kill++) {
			await until("it sends", 120_000, () => sendsUnder(epoch.n));
			await pause(randomInt(1_000));
			const dead = epoch.node;
			alive.delete(dead);
			const killedAt = performance.now();
			await cluster.killNode(dead);
			epoch = await newEpoch(epoch.n);
			outagesMs.push(Math.round(performance.now() - killedAt));
			cluster.say(`kill ${kill}: ${dead} → ${epoch.node}, ${outagesMs.at(-1)} ms, ${JSON.stringify(epoch.report)}`);
			console.log(`kill ${kill}: ${dead} → ${epoch.node}, ${outagesMs.at(-1)} ms, ${JSON.stringify(epoch.report)}`);
			await cluster.startNode(dead);
			await cluster.ready(dead);
			alive.add(dead);
			await caughtUp(dead);
		}
		fake.control({ answerMs: [1, 20] });
		await until("the campaign is done", 300_000, () => state() === "done");
		const { rows } = await wirePool().query<{ strange: number }>(
			`SELECT count(*)::int AS strange FROM wire.intents i JOIN wire.epochs e ON e.n = i.epoch
			  WHERE i.at < e.ready_at OR i.at > e.ended_at`,
		);
		expect(rows[0]!.strange).toBe(0);
		const wrong = phones.filter((phone) => fake.provider.journal.countOf(phone) !== 1);
		expect(wrong).toEqual([]);
		useBooksOf(cluster, epoch.node);
		const { kept, counted } = recount(of.campaignId);
		expect(kept).toEqual(counted);
		expect(moneyFaults()).toEqual([]);
		outagesMs.sort((a, b) => a - b);
		console.log(`outages ms: median ${outagesMs[outagesMs.length >> 1]}, longest ${outagesMs.at(-1)}`);
	});
});
