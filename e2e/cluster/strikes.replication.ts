import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "#jobs/testing/until.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { type Campaign, House } from "./house.ts";
import { openEpochOf } from "./leading.ts";
import { TopUps } from "./top-ups.ts";
import { witnessFaults, witnessIntents } from "./witness.ts";

/** More than go out, at the provider's pace, while any of the strikes lasts: 2 connections, so many a call, a second for each. */
const PEOPLE = Number(process.env.REPLICATION_PEOPLE || 6_000);
const A_CALL = 10;
const PAUSED_MS = Number(process.env.REPLICATION_PAUSED_MS || 40_000);
const POSTGRES_AWAY_MS = Number(process.env.REPLICATION_POSTGRES_AWAY_MS || 60_000);
const READ_MS = Number(process.env.REPLICATION_READ_MS || 30_000);
const DISK_MB = 300;
/** So many transactions are a lag, or a life. */
const STEPS = 20;
const LONG_MS = 300_000;

let house: House;
let topUps: TopUps;
const tookMs: Record<string, number> = {};
beforeAll(async () => {
	house = await House.open();
	await witnessIntents();
	topUps = await TopUps.settle(house);
});
afterAll(async () => {
	house?.say(`nobody wrote the books for, ms: ${JSON.stringify(tookMs)}`);
	await house?.close();
});

/** Strikes while a campaign is sent; then it is let go on, and everybody must have been written to once, and each amount be right. */
async function struck(strike: (campaign: Campaign) => Promise<void>): Promise<void> {
	house.fake.control({ answerMs: [800, 1200], receipts: { deliveryMs: [5, 400], seenMs: [5, 400], retryScale: 0.01 } });
	const campaign = await house.campaign(PEOPLE, A_CALL);
	await sends(campaign);
	await until("an amount is saved on two machines", LONG_MS, async () => (await topUps.save()) === "two");
	await strike(campaign);
	expect(await topUps.faults()).toEqual([]);
	await sends(campaign);
	house.fake.control({ answerMs: [1, 20] });
	await until("the campaign is done", 600_000, async () => {
		await house.seeEpoch();
		return house.isDone(campaign.of);
	});
	expect(await house.faults(campaign)).toEqual([]);
	expect(await witnessFaults()).toEqual([]);
}

/** Something of it goes out from now on, under the newest epoch that was seen or one after it. */
async function sends({ of, phones }: Campaign): Promise<void> {
	const count = async () => {
		const { rows } = await wirePool().query<{ count: number }>(
			"SELECT count(*)::int AS count FROM wire.intents WHERE epoch >= $1 AND campaign_id = $2",
			[house.epoch.n, of.campaignId],
		);
		return rows[0]!.count;
	};
	const before = await count();
	await until(`it sends under epoch ${house.epoch.n}`, LONG_MS, async () => {
		if ((await count()) > before) return true;
		if (phones.every((phone) => house.fake.provider.journal.countOf(phone) > 0))
			throw new Error("everybody is written to already: REPLICATION_PEOPLE is too few for these strikes");
		return false;
	});
}

/** Its books, on that node, have come so many transactions further. */
async function writesOn(name: string): Promise<void> {
	const from = await until(`${name} has a position`, LONG_MS, () => house.cluster.position(name));
	await until(`${name} writes on`, LONG_MS, () => (house.cluster.position(name)?.txid ?? 0) >= from.txid + STEPS);
}

/** What a visitor of that very node is answered: a page, and a write. */
async function visit(name: string): Promise<{ page: number; write: number; retryAfter: string | null }> {
	const url = `${house.cluster.web(name)}/sign-in`;
	const page = await fetch(url);
	await page.text();
	const body = new URLSearchParams({ login: "nobody", password: "nothing at all" });
	const write = await fetch(url, { method: "POST", body, redirect: "manual" });
	await write.text();
	return { page: page.status, write: write.status, retryAfter: write.headers.get("retry-after") };
}
const REFUSED = { page: 200, write: 503, retryAfter: "5" };

it("the app dies: the same node goes on", () =>
	struck(async () => {
		const { node } = house.epoch;
		tookMs.app = await house.takenFrom((name) => house.cluster.killApp(name));
		// The lease is LiteFS's, and that lives.
		expect(house.epoch.node).toBe(node);
	}));

it("LiteFS dies", () =>
	struck(async () => {
		const { node } = house.epoch;
		tookMs.litefs = await house.takenFrom((name) => house.cluster.killLitefs(name));
		await house.bringBack(node);
	}));

it("its packets to the others vanish: it stops before another leads, shows pages and refuses writes", () =>
	struck(async (campaign) => {
		const { cluster } = house;
		const { node: cutOff } = house.epoch;
		tookMs.partition = await house.takenFrom((name) => cluster.partition(name));
		expect(house.epoch.node).not.toBe(cutOff);
		const stoodAt = cluster.position(cutOff);
		expect(await visit(cutOff)).toEqual(REFUSED);
		await sends(campaign);
		expect(cluster.position(cutOff)).toEqual(stoodAt);
		const { n } = house.epoch;
		cluster.heal(cutOff);
		await house.follows(cutOff);
		await house.seeEpoch();
		expect(house.epoch.n).toBe(n);
	}));

it("it is paused, and wakes up believing that it leads: it takes nothing back", () =>
	struck(async (campaign) => {
		const { cluster } = house;
		const { node: asleep } = house.epoch;
		const pausedAt = performance.now();
		tookMs.pause = await house.takenFrom((name) => cluster.pause(name));
		expect(house.epoch.node).not.toBe(asleep);
		await sends(campaign);
		await pause(Math.max(0, PAUSED_MS - (performance.now() - pausedAt)));
		const { n } = house.epoch;
		cluster.resume(asleep);
		await house.follows(asleep);
		await house.seeEpoch();
		expect(house.epoch.n).toBe(n);
	}));

it("the standby lags and the node that leads dies: what the standby never had is done again from the wire", () =>
	struck(async () => {
		const { cluster } = house;
		const { n, node } = house.epoch;
		const standby = cluster.candidates.find((name) => name !== node)!;
		cluster.part(standby, node);
		const behind = await until("the standby has a position", LONG_MS, () => cluster.position(standby));
		expect(await topUps.save()).toBe("one");
		await writesOn(node);
		await until("how far the books have come is in the wire", LONG_MS, async () => {
			const { rows } = await wirePool().query<{ txid: number }>(
				"SELECT last_txid::int AS txid FROM wire.epochs WHERE n = $1",
				[n],
			);
			return rows[0]!.txid >= behind.txid + STEPS;
		});
		tookMs.laggingStandby = await house.takenFrom((name) => house.lose(name));
		expect(house.epoch.node).toBe(standby);
		expect(house.epoch.report.lostTransactions).toBeGreaterThan(0);
		cluster.heal(standby);
		await house.bringBack(node);
	}));

it("its disk is full: nothing half is written, another leads or it goes on, and it comes back once there is room", () =>
	struck(async () => {
		const { cluster } = house;
		const full = cluster.candidates.find((name) => name !== house.epoch.node)!;
		await house.lose(full);
		cluster.giveDisk(full, DISK_MB);
		await house.bringBack(full);
		await house.takenFrom(() => cluster.promote(full));
		expect(house.epoch.node).toBe(full);
		const { n } = house.epoch;
		const noticed = await until("the full disk is noticed", LONG_MS, async () => {
			// What is checkpointed meanwhile makes room again.
			cluster.fillDisk(full);
			const open = await openEpochOf();
			if (open && open.n > n) return `${open.node} leads`;
			const answer = await visit(full).catch(() => undefined);
			return answer?.write === 503 && "writes are refused";
		});
		house.say(`a full disk: ${noticed}`);
		const began = performance.now();
		cluster.emptyDisk(full);
		await cluster.ready(full);
		await house.seeEpoch();
		await house.follows(full);
		tookMs.afterFullDisk = Math.round(performance.now() - began);
		if (house.epoch.node === full) {
			const other = cluster.candidates.find((name) => name !== full)!;
			await house.follows(other);
			await house.takenFrom(() => cluster.promote(other));
		}
		await house.lose(full);
		cluster.takeDisk(full);
		await house.bringBack(full);
	}));

it("Postgres is away for a minute: pages are shown, and all goes on by itself", () =>
	struck(async (campaign) => {
		const { cluster } = house;
		const { node } = house.epoch;
		cluster.pausePostgres();
		const back = pause(POSTGRES_AWAY_MS);
		for (const name of cluster.names) expect((await fetch(`${cluster.web(name)}/sign-in`)).status).toBe(200);
		await back;
		const began = performance.now();
		cluster.resumePostgres();
		await sends(campaign);
		tookMs.afterPostgres = Math.round(performance.now() - began);
		// Its sidecar may have begun anew; the lease is where it was.
		await house.seeEpoch();
		expect(house.epoch.node).toBe(node);
	}));

it("somebody reads on a replica for half a minute: it falls behind and comes up, and the others are not held up", () =>
	struck(async (campaign) => {
		const { cluster } = house;
		const reads = new Database(join(cluster.mount("n3"), "books.db"));
		try {
			reads.pragma("query_only = 1");
			reads.exec("BEGIN");
			const seen = () => reads.prepare("SELECT sum(sent) AS sent FROM campaign_counters").get();
			const first = seen();
			const began = performance.now();
			await writesOn(house.epoch.node);
			await sends(campaign);
			await pause(Math.max(0, READ_MS - (performance.now() - began)));
			expect(seen()).toEqual(first);
			expect(cluster.position("n3")!.txid).toBeLessThan(cluster.position(house.epoch.node)!.txid);
			reads.exec("COMMIT");
		} finally {
			reads.close();
		}
		await house.follows("n3");
	}));
