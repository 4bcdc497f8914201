import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "#jobs/testing/until.ts";
import { House } from "./house.ts";

const PEOPLE = Number(process.env.REPLICATION_PEOPLE || 20_000);
const PAUSED_MS = Number(process.env.REPLICATION_PAUSED_MS || 40_000);

let house: House;
beforeAll(async () => {
	house = await House.open();
});
afterAll(() => house?.close());

it("the app dies, LiteFS dies, its packets vanish, it is paused: nobody is written to twice, nobody is lost", async () => {
	house.fake.control({ answerMs: [400, 800], receipts: { deliveryMs: [5, 400], seenMs: [5, 400], retryScale: 0.01 } });
	const { cluster } = house;
	const campaign = await house.campaign(PEOPLE);
	const tookMs: Record<string, number> = {};

	await house.sends();
	const { node: first } = house.epoch;
	tookMs.app = await house.takenFrom((name) => cluster.killApp(name));
	// The lease is LiteFS's, and that lives.
	expect(house.epoch.node).toBe(first);

	await house.sends();
	const { node: second } = house.epoch;
	tookMs.litefs = await house.takenFrom((name) => cluster.killLitefs(name));
	await house.bringBack(second);

	await house.sends();
	const { node: cutOff } = house.epoch;
	tookMs.partition = await house.takenFrom((name) => cluster.partition(name));
	expect(house.epoch.node).not.toBe(cutOff);
	await house.sends();
	cluster.heal(cutOff);
	await house.follows(cutOff);

	await house.sends();
	const { node: asleep } = house.epoch;
	const pausedAt = performance.now();
	tookMs.pause = await house.takenFrom((name) => cluster.pause(name));
	expect(house.epoch.node).not.toBe(asleep);
	await house.sends();
	await pause(Math.max(0, PAUSED_MS - (performance.now() - pausedAt)));
	const { n } = house.epoch;
	cluster.resume(asleep);
	await house.follows(asleep);
	await house.seeEpoch();
	// It woke up believing that it leads, and took nothing back.
	expect(house.epoch.n).toBe(n);

	house.fake.control({ answerMs: [1, 20] });
	await until("the campaign is done", 600_000, () => house.isDone(campaign.of));
	expect(await house.faults(campaign)).toEqual([]);
	house.say(`nobody wrote the books for, ms: ${JSON.stringify(tookMs)}`);
});
