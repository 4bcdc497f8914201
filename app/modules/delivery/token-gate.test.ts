import { setTimeout as pause } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { testWire } from "#jobs/testing/wire.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { type Limits, TokenGate } from "./token-gate.ts";

await testWire();
beforeEach(async () => {
	await wirePool().query("TRUNCATE wire.rate_clocks, wire.day_counts");
});

const NONE: Limits = { perSecond: null, perSenderPerSecond: null, perDay: null };
const gateOf = (limits: Partial<Limits>) => new TokenGate(1, { ...NONE, ...limits }, () => {});

/** Asks for `count` again and again, as calls do that are kept back, until `isEnough`; returns when each was let through. */
async function flood(
	gate: TokenGate,
	sender: string,
	count: number,
	isEnough: (times: number[]) => boolean,
	times: number[] = [],
): Promise<number[]> {
	while (!isEnough(times)) {
		const now = Date.now();
		if (gate.ask(sender, count, now) === 0) for (let i = 0; i < count; i++) times.push(now);
		else await pause(2);
	}
	return times;
}

/** The most that any span of `ms` holds. */
function most(times: number[], ms: number): number {
	let first = 0;
	return times.reduce((top, time, at) => {
		while (time - times[first]! >= ms) first++;
		return Math.max(top, at - first + 1);
	}, 0);
}

describe("so many a second", () => {
	it("is kept by two processes together, which share it", async () => {
		const each: number[][] = [[], []];
		const isEnough = () => each.every((times) => times.length > 20) && each.flat().length >= 500;
		await Promise.all(each.map((times) => flood(gateOf({ perSecond: 200 }), "s", 5, isEnough, times)));
		const all = each.flat().sort((a, b) => a - b);
		// 50 ms late, and a call of five of each of them.
		expect(most(all, 1_000)).toBeLessThanOrEqual(200 + 10 + 2 * 5);
	});

	it("is remembered over a restart", async () => {
		const first = gateOf({ perSecond: 10 });
		const times = await flood(first, "s", 1, ({ length }) => length === 10);
		await flood(gateOf({ perSecond: 10 }), "s", 1, ({ length }) => length === 20, times);
		// One is late until the next is due, and 50 ms more.
		expect(most(times, 1_000)).toBeLessThanOrEqual(12);
	});

	it("of one sender keeps back no other", async () => {
		const gate = gateOf({ perSenderPerSecond: 20 });
		const isEnough = ({ length }: number[]) => length === 30;
		const each = await Promise.all(["a", "b"].map((sender) => flood(gate, sender, 1, isEnough)));
		for (const times of each) expect(most(times, 1_000)).toBeLessThanOrEqual(22);
	});
});

describe("so many a day", () => {
	const day = async () =>
		(await wirePool().query<{ taken: number }>("SELECT taken::int AS taken FROM wire.day_counts")).rows[0]?.taken;

	it("is not exceeded by several processes, and the rest of the day nobody is let through", async () => {
		const gates = [gateOf({ perDay: 1_003 }), gateOf({ perDay: 1_003 })];
		const counts = await Promise.all(
			gates.map(async (gate) => {
				let taken = 0;
				while (gate.dayFullUntil === 0) {
					if (gate.ask("s", 7) === 0) taken += 7;
					else await pause(1);
				}
				return taken;
			}),
		);
		const taken = counts.reduce((a, b) => a + b, 0);
		expect(taken).toBeLessThanOrEqual(1_003);
		// What is left of a call's length stays unused at each of them.
		expect(taken).toBeGreaterThan(1_003 - 2 * 7);
		expect(gates[0]!.dayFullUntil).toBe(Math.ceil(Date.now() / 86_400_000) * 86_400_000);
		expect(gates[0]!.ask("s", 7)).toBeGreaterThan(0);
	});

	it("what was taken and not used is given back at the end, and lost with a process that is killed", async () => {
		const gate = gateOf({ perDay: 10_000 });
		while (gate.ask("s", 30) !== 0) await pause(1);
		expect(await day()).toBe(100);
		await gate.close();
		expect(await day()).toBe(30);
	});
});
