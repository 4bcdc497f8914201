import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { until } from "#jobs/testing/until.ts";
import { House } from "./house.ts";

const PEOPLE = Number(process.env.REPLICATION_PEOPLE || 20_000);
const KILLS = Number(process.env.REPLICATION_KILLS || 20);

let house: House;
beforeAll(async () => {
	house = await House.open();
});
afterAll(() => house?.close());

it(`the node that leads dies in the middle of a campaign, ${KILLS} times: nobody is written to twice, nobody is lost`, async () => {
	house.fake.control({ answerMs: [400, 800], receipts: { deliveryMs: [5, 400], seenMs: [5, 400], retryScale: 0.01 } });
	const campaign = await house.campaign(PEOPLE);
	const outagesMs: number[] = [];
	while (outagesMs.length < KILLS) {
		await house.sends();
		await pause(randomInt(1_000));
		const dead = house.epoch.node;
		outagesMs.push(await house.takenFrom((name) => house.lose(name)));
		await house.bringBack(dead);
	}
	house.fake.control({ answerMs: [1, 20] });
	await until("the campaign is done", 600_000, () => house.isDone(campaign.of));
	expect(await house.faults(campaign)).toEqual([]);
	outagesMs.sort((a, b) => a - b);
	house.say(
		`nobody wrote the books for: median ${outagesMs[outagesMs.length >> 1]} ms, longest ${outagesMs.at(-1)} ms`,
	);
});
