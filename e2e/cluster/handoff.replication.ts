import { afterAll, beforeAll, expect, it } from "vitest";
import { createAdmin } from "#bin/create-admin/create-admin.ts";
import { handOff } from "#bin/handoff/hand-off.ts";
import { readBooks } from "#db/tx.ts";
import { until } from "#jobs/testing/until.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { House } from "./house.ts";
import { useBooksOf } from "./leading.ts";
import { Poster } from "./poster.ts";

const PEOPLE = Number(process.env.REPLICATION_PEOPLE || 20_000);
const HANDOFFS = Number(process.env.REPLICATION_HANDOFFS || 200);
const SIGN_IN = { login: "anna", password: "correct horse battery staple 42" };

let house: House;
beforeAll(async () => {
	house = await House.open();
});
afterAll(() => house?.close());

it(`the books are handed over ${HANDOFFS} times while a campaign is sent and somebody writes at any node: nothing is lost, nobody is written to twice`, async () => {
	house.fake.control({ answerMs: [200, 400], receipts: { deliveryMs: [5, 400], seenMs: [5, 400], retryScale: 0.01 } });
	useBooksOf(house.cluster, house.epoch.node);
	await createAdmin({ ...SIGN_IN, timeZone: "UTC", country: "UA" });
	const campaign = await house.campaign(PEOPLE);
	const poster = await Poster.signIn(house.living, SIGN_IN);
	poster.start();
	await house.sends();
	for (let done = 0; done < HANDOFFS; done++) {
		const before = house.epoch.n;
		const other = house.cluster.candidates.find((name) => name !== house.epoch.node)!;
		// Its sidecar began anew when it gave the books away.
		await house.cluster.standsBy(other);
		house.say(await handOff(other));
		await house.seeEpoch();
		expect(house.epoch).toMatchObject({ n: before + 1, node: other });
		await poster.savedAgain();
	}
	await poster.stop();
	house.fake.control({ answerMs: [1, 20] });
	await until("the campaign is done", 900_000, () => house.isDone(campaign.of));
	expect(await house.faults(campaign)).toEqual([]);
	useBooksOf(house.cluster, house.epoch.node);
	const kept = readBooks((tx) => tx.sql<string>("SELECT recipient FROM stops").pluck().all()) as string[];
	expect(poster.saved.filter((phone) => !kept.includes(phone))).toEqual([]);
	expect(new Set(kept).size).toBe(kept.length);
	const { rows } = await wirePool().query<{ whole: number }>(
		"SELECT count(*)::int AS whole FROM wire.epochs WHERE handed_to IS NOT NULL",
	);
	house.say(`${rows[0]!.whole} of ${HANDOFFS} with nothing to replay; ${JSON.stringify(poster.figures())}`);
});
