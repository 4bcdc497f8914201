import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, it } from "vitest";
import { until } from "#jobs/testing/until.ts";
import { askForHandoff, readHandoff } from "#jobs/wire/handoffs.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import type { Dealers } from "./dealers.ts";
import type { House } from "./house.ts";
import { expectAllRight, houseWithDealers } from "./house-with-dealers.ts";
import { openEpochOf } from "./leading.ts";

const PEOPLE = Number(process.env.REPLICATION_PEOPLE || 20_000);
const KILLS = Number(process.env.REPLICATION_KILLS || 20);
/** What is in hand ends, the gate is shut, the lock is taken, the other proves that it has all: somewhere in here. */
const BEFORE_MS = 2_000;
/** The epoch is over, the lease goes, the other takes its own. */
const AFTER_MS = 600;

type Victim = "giver" | "taker" | "giver's app" | "taker's app" | "giver's LiteFS";
const ROUND: Victim[] = ["giver", "taker", "giver's app", "taker's app", "giver's LiteFS"];

let house: House;
let dealers: Dealers;
beforeAll(async () => {
	({ house, dealers } = await houseWithDealers());
});
afterAll(() => house?.close());

/** Resolves when the giver has ended its epoch, or has given up. */
async function isOver(n: number, id: number): Promise<boolean> {
	for (;;) {
		const { rows } = await wirePool().query<{ over: boolean }>(
			"SELECT ended_at IS NOT NULL AS over FROM wire.epochs WHERE n = $1",
			[n],
		);
		if (rows[0]!.over) return true;
		if ((await readHandoff(id)).failedFor !== null) return false;
		await pause(1);
	}
}

async function killAmid(victim: Victim, isLate: boolean): Promise<void> {
	await house.sends();
	const { n, node: giver } = house.epoch;
	const taker = house.cluster.candidates.find((name) => name !== giver)!;
	await house.cluster.standsBy(taker);
	const id = await askForHandoff(taker);
	await until("somebody hands the books over", 180_000, async () => (await readHandoff(id)).isBegun);
	const wasOver = isLate && (await isOver(n, id));
	await pause(randomInt(wasOver ? AFTER_MS : BEFORE_MS));
	const struckAt = performance.now();
	const name = victim.startsWith("giver") ? giver : taker;
	if (victim.endsWith("app")) house.cluster.killApp(name);
	else if (victim.endsWith("LiteFS")) await house.loseLitefs(name);
	else await house.lose(name);
	await dealers.savedSince(performance.now(), Number.POSITIVE_INFINITY);
	const savedMs = Math.round(performance.now() - struckAt);
	const open = await openEpochOf();
	house.say(JSON.stringify({ victim, giver, taker, wasOver, savedMs, before: n, after: open?.n, by: open?.node }));
	if (victim.endsWith("app")) await house.cluster.ready(name);
	else await house.start(name);
}

it(`a handing over is struck ${KILLS} times, before and after the epoch's end, at either node: nobody is written to twice, nothing acknowledged is lost`, async () => {
	house.fake.control({ answerMs: [700, 1500], receipts: { deliveryMs: [5, 400], seenMs: [5, 400], retryScale: 0.01 } });
	const campaign = await house.campaign(PEOPLE);
	await dealers.start();
	for (let at = 0; at < KILLS; at++) await killAmid(ROUND[at % ROUND.length]!, at % 2 === 1);
	await dealers.stop();
	await house.sends();
	const loss = await expectAllRight(house, dealers, campaign);
	house.say(JSON.stringify({ topUps: dealers.topUps.length, plain: dealers.plain.length, ...loss }));
});
