import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeBooks } from "#db/client.ts";
import { inTx } from "#db/tx.ts";
import { until } from "#jobs/testing/until.ts";
import { House } from "./house.ts";
import { useBooksOf } from "./leading.ts";
import { SendingNodes } from "./sending-nodes.ts";

const PEOPLE = Number(process.env.REPLICATION_PEOPLE || 50_000);
const NAMES = ["s1", "s2", "s3"];
/** The campaign lasts longer than any machine takes for the first deeds; then as long as some dozens of the others. */
const SLOW_S = 1_800;
const SWIFT_S = 120;

let house: House;
let senders: SendingNodes;
beforeAll(async () => {
	house = await House.open({ beside: NAMES });
	senders = await SendingNodes.open(house);
});
afterAll(async () => {
	await senders?.close();
	await house?.close();
});

it("sending nodes join, leave, are killed and cut off from Postgres, and the node that leads dies: nobody is written to twice, nobody is lost", async () => {
	house.fake.control({ answerMs: [100, 400], receipts: { deliveryMs: [5, 400], seenMs: [5, 400], retryScale: 0.01 } });
	const campaign = await house.campaign(PEOPLE, 20, 16);
	const isDone = () => house.isDone(campaign.of);
	await lasts(SLOW_S);
	for (const name of NAMES) await senders.join(name);
	const done: Record<string, number> = {};
	const deeds = {
		async leaves(name: string) {
			expect(await senders.leave(name)).toBe(0);
			await senders.join(name);
		},
		async dies(name: string) {
			await senders.kill(name);
			await senders.join(name);
		},
		cutOff: (name: string) => senders.cutOffUntilGivenUp(name),
		async takeover() {
			const dead = house.epoch.node;
			await house.takenFrom((name) => house.lose(name));
			await house.bringBack(dead);
		},
	};
	const strike = async (deed: keyof typeof deeds) => {
		await senders.hold(isDone);
		await pause(randomInt(500));
		const name = NAMES[randomInt(NAMES.length)]!;
		house.say(`${deed} ${name}`);
		await deeds[deed](name);
		done[deed] = (done[deed] ?? 0) + 1;
	};
	for (const deed of ["dies", "cutOff", "leaves", "takeover", "dies"] as const) await strike(deed);
	expect(await isDone()).toBe(false);
	await lasts(SWIFT_S);
	while (!(await isDone())) await strike(randomInt(3) === 0 ? "leaves" : "dies");

	await until("no offer is open", 600_000, async () => (await senders.openOffers()) === 0);
	expect(await house.faults(campaign)).toEqual([]);
	expect(senders.seen.size).toBeGreaterThan(NAMES.length);
	house.say(`${JSON.stringify(done)}; ${senders.seen.size} senders had batches`);
});

/** All of it takes this many seconds, at least, from now on. */
async function lasts(seconds: number): Promise<void> {
	useBooksOf(house.cluster, house.epoch.node);
	const perSecond = Math.ceil(PEOPLE / seconds);
	await inTx((tx) => {
		tx.sql("UPDATE providers SET per_second = ?").run(perSecond);
	});
	closeBooks();
}
