import { afterAll, beforeAll, expect, it } from "vitest";
import { createAdmin } from "#bin/create-admin/create-admin.ts";
import { handOff } from "#bin/handoff/hand-off.ts";
import { PlainError } from "#bin/supervisor/plain-error.ts";
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

/** Books that stay where they are, and say why, are no fault: whoever wants them elsewhere asks again. How often is told at the end. */
let stayed = 0;
async function handTo(other: string): Promise<string> {
	for (;;) {
		try {
			return await handOff(other);
		} catch (error) {
			if (!(error instanceof PlainError) || stayed++ >= HANDOFFS / 20) throw error;
			house.say(error.message);
			await house.cluster.standsBy(other);
			await house.seeEpoch();
		}
	}
}

it(`the books are handed over ${HANDOFFS} times while a campaign is sent and somebody writes at any node: nothing is lost, nobody is written to twice`, async () => {
	house.fake.control({ answerMs: [200, 400], receipts: { deliveryMs: [5, 400], seenMs: [5, 400], retryScale: 0.01 } });
	useBooksOf(house.cluster, house.epoch.node);
	await createAdmin({ ...SIGN_IN, timeZone: "UTC", country: "UA" });
	const campaign = await house.campaign(PEOPLE);
	const poster = await Poster.signIn(house.living, SIGN_IN);
	poster.start();
	await house.sends();
	for (let done = 0; done < HANDOFFS; done++) {
		const other = house.cluster.candidates.find((name) => name !== house.epoch.node)!;
		// Its sidecar began anew when it gave the books away.
		await house.cluster.standsBy(other);
		house.say(await handTo(other));
		await house.seeEpoch();
		expect(house.epoch.node).toBe(other);
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
	house.say(
		`${rows[0]!.whole} of ${HANDOFFS} with nothing to replay, ${stayed} asked for again; ${JSON.stringify(poster.figures())}`,
	);
});
