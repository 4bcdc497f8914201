import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, it } from "vitest";
import type { Dealers } from "./dealers.ts";
import type { House } from "./house.ts";
import { expectAllRight, houseWithDealers } from "./house-with-dealers.ts";

const PEOPLE = Number(process.env.REPLICATION_PEOPLE || 20_000);
/** Of the whole node; of LiteFS alone and of the app alone there are a quarter as many each. */
const KILLS = Number(process.env.REPLICATION_KILLS || 20);

type Kind = "node" | "litefs" | "app";
const ROUND: Kind[] = ["node", "node", "litefs", "node", "node", "app"];

let house: House;
let dealers: Dealers;
beforeAll(async () => {
	({ house, dealers } = await houseWithDealers());
});
afterAll(() => house?.close());

/** Kills it, and tells what the time went to until somebody's form was saved again, in ms. */
async function kill(kind: Kind) {
	const { n, node } = house.epoch;
	const [began, beganAt] = [performance.now(), Date.now()];
	// Heard from before the strike on: an app without its LiteFS takes its time to end, and others serve meanwhile.
	const elsewhere = dealers.savedSince(Number.POSITIVE_INFINITY, n).then(() => performance.now());
	if (kind === "node") await house.lose(node);
	else if (kind === "litefs") await house.loseLitefs(node);
	else house.cluster.killApp(node);
	// LiteFS and its lease live on under an app that dies, and its web may be back under the same epoch.
	const here = dealers.savedSince(performance.now(), n).then(() => performance.now());
	const savedMs = Math.round((await Promise.race(kind === "app" ? [here, elsewhere] : [elsewhere])) - began);
	await house.seeEpoch(n);
	const { takenAt, readyAt, report } = house.epoch;
	const { wire = 0, epoch = 0 } = report.stepsMs ?? {};
	// Until LiteFS leads elsewhere, until the books are up to date there, until a form is saved.
	const leadsAt = takenAt - wire - epoch;
	const parts = { leaseMs: Math.round(leadsAt - beganAt), ownMs: Math.round(readyAt - leadsAt) };
	house.say(JSON.stringify({ killed: kind, node, by: house.epoch.node, savedMs, ...parts, ...report }));
	if (kind === "app") await house.cluster.ready(node);
	else await house.bringBack(node);
	return { kind, savedMs, ...parts };
}

it(`the node that leads is killed ${KILLS} times, its LiteFS and its app besides, while a campaign is sent and dealers move money`, async () => {
	house.fake.control({ answerMs: [700, 1500], receipts: { deliveryMs: [5, 400], seenMs: [5, 400], retryScale: 0.01 } });
	const campaign = await house.campaign(PEOPLE);
	await dealers.start();
	const killed: Awaited<ReturnType<typeof kill>>[] = [];
	for (let at = 0; killed.filter(({ kind }) => kind === "node").length < KILLS; at++) {
		await house.sends();
		await pause(randomInt(1_000));
		killed.push(await kill(ROUND[at % ROUND.length]!));
	}
	await dealers.stop();
	const loss = await expectAllRight(house, dealers, campaign);
	for (const kind of ["node", "litefs", "app"] as const) house.say(JSON.stringify(figures(kind, killed)));
	house.say(JSON.stringify({ told: countTold(), ...loss }));
});

function figures(killed: Kind, all: Awaited<ReturnType<typeof kill>>[]) {
	const ofKind = all.filter(({ kind }) => kind === killed);
	const spread = (read: (one: (typeof all)[number]) => number) => {
		const sorted = ofKind.map(read).sort((a, b) => a - b);
		return { median: sorted[sorted.length >> 1], most: sorted.at(-1) };
	};
	const times = { savedMs: spread((one) => one.savedMs), leaseMs: spread((one) => one.leaseMs) };
	return { killed, times: ofKind.length, ...times, ownMs: spread((one) => one.ownMs) };
}

function countTold() {
	const count: Record<string, number> = {};
	for (const { told } of dealers.topUps) count[`top-ups: ${told}`] = (count[`top-ups: ${told}`] ?? 0) + 1;
	for (const { told } of dealers.plain) count[`plain: ${told}`] = (count[`plain: ${told}`] ?? 0) + 1;
	const again = [...dealers.topUps, ...dealers.plain].filter(({ tries }) => tries > 1).length;
	return { ...count, again };
}
