import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "#jobs/testing/until.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { House } from "./house.ts";
import { witnessFaults, witnessIntents } from "./witness.ts";

const PEOPLE = Number(process.env.REPLICATION_PEOPLE || 20_000);
const FLIPS = Number(process.env.REPLICATION_FLIPS || 50);

let house: House;
beforeAll(async () => {
	house = await House.open();
	await witnessIntents();
});
afterAll(() => house?.close());

it(`the role goes back and forth ${FLIPS} times while a campaign is sent: each epoch has one writer, and nobody is written to twice`, async () => {
	house.fake.control({ answerMs: [800, 1200], receipts: { deliveryMs: [5, 400], seenMs: [5, 400], retryScale: 0.01 } });
	const campaign = await house.campaign(PEOPLE);
	const tookMs: number[] = [];
	for (let flip = 0; flip < FLIPS; flip++) {
		// Every other time in the midst of calls, else while the one before has hardly begun.
		if (flip % 2 === 0) await house.sends();
		else await house.seeEpoch();
		const other = house.cluster.candidates.find((name) => name !== house.epoch.node)!;
		await house.follows(other);
		tookMs.push(await house.takenFrom(() => house.cluster.promote(other)));
		expect(house.epoch.node).toBe(other);
	}
	house.fake.control({ answerMs: [1, 20] });
	await until("the campaign is done", 600_000, () => house.isDone(campaign.of));
	expect(await house.faults(campaign)).toEqual([]);
	expect(await witnessFaults()).toEqual([]);
	const { rows } = await wirePool().query<{ epochs: number }>("SELECT count(*)::int AS epochs FROM wire.epochs");
	expect(rows[0]!.epochs).toBeGreaterThan(FLIPS);
	tookMs.sort((a, b) => a - b);
	house.say(`nobody wrote the books for: median ${tookMs[tookMs.length >> 1]} ms, longest ${tookMs.at(-1)} ms`);
});
