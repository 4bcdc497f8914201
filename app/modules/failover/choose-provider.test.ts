import { describe, expect, it } from "vitest";
import { randomFrom } from "#app/lib/random-from.ts";
import fc from "#app/testing/fc.ts";
import { openBreaker } from "./breaker.ts";
import { chooseProvider, type RouteStep, type Standing } from "./choose-provider.ts";
import { newHealth } from "./health.ts";
import { Shares } from "./shares.ts";

const PACE = { stepMs: 1_000 };
const NOW = 1_000_000;

type Drawn = {
	tier: number;
	weight: number;
	factor: number;
	rest: "none" | "open" | "over" | "paused" | "asked";
	busy: Standing["busy"];
};
const drawn: fc.Arbitrary<Drawn> = fc.record({
	tier: fc.integer({ min: 1, max: 3 }),
	weight: fc.integer({ min: 1, max: 100 }),
	factor: fc.double({ min: 0.05, max: 1, noNaN: true }),
	rest: fc.constantFrom("none", "none", "open", "over", "paused", "asked"),
	busy: fc.constantFrom("no", "no", "now", "long"),
});

/** "asked": it asked for a moment's pause. "over": its breaker was open and its time is up. */
function standing({ factor, rest, busy }: Drawn): Standing {
	const health = { ...newHealth(0), factor };
	if (rest === "open") openBreaker(health, NOW, PACE);
	if (rest === "over") openBreaker(health, NOW - 100_000, PACE);
	return { health, freeAtUtc: NOW + ({ paused: 1_700, asked: 700 }[rest as string] ?? -1), busy };
}

function choose(all: Drawn[], random: () => number, shares = new Shares()) {
	const standings = all.map(standing);
	const steps: RouteStep[] = all.map(({ tier, weight }, providerId) => ({ providerId, tier, weight }));
	return chooseProvider(steps, (id) => standings[id]!, shares, 100, { now: NOW, pace: PACE, random });
}

describe("choosing a provider", () => {
	it("takes one that may be called, of the lowest tier that has any", () => {
		fc.assert(
			fc.property(fc.array(drawn, { maxLength: 6 }), fc.integer(), (all, seed) => {
				const choice = choose(all, randomFrom(seed));
				// Who asked for a moment is waited for, so its tier is not passed over; but it takes nothing.
				const up = all.filter(({ rest }) => rest === "none" || rest === "over" || rest === "asked");
				const lowest = Math.min(...up.map(({ tier }) => tier));
				const inTier = up.filter(({ tier, rest }) => tier === lowest && rest !== "asked");
				if (all.length === 0) expect(choice).toEqual({ none: "no_route" });
				else if (inTier.length === 0) {
					if (!("none" in choice) || choice.none !== "resting") throw new Error("somebody was chosen");
					const soonest = up.length > 0 ? 700 : all.some(({ rest }) => rest === "paused") ? 1_700 : 2_000;
					expect(choice.againAtUtc).toBe(NOW + soonest);
				} else if (inTier.every(({ busy, rest }) => busy !== "no" && rest === "none")) {
					expect(choice).toEqual({ none: "busy" });
				} else {
					if ("none" in choice) {
						// The share of one that is busy for a moment is waited for.
						expect(choice.none).toBe("busy");
						expect(inTier.some(({ busy, rest }) => busy === "now" && rest === "none")).toBe(true);
						return;
					}
					const chosen = all[choice.providerId]!;
					expect(inTier).toContain(chosen);
					expect(choice.isProbe).toBe(inTier.some(({ rest }) => rest === "over"));
					if (!choice.isProbe) expect(chosen.busy).toBe("no");
				}
			}),
			{ numRuns: 500 },
		);
	});

	it("shares a campaign by weight and factor, to within a claim", () => {
		const weights = fc.array(
			fc.record({ weight: fc.integer({ min: 1, max: 20 }), factor: fc.double({ min: 0.05, max: 1, noNaN: true }) }),
			{
				minLength: 2,
				maxLength: 5,
			},
		);
		const sizes = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 50, maxLength: 200 });
		fc.assert(
			fc.property(weights, sizes, fc.integer(), (of, claims, seed) => {
				const all = of.map((one): Drawn => ({ ...one, tier: 1, rest: "none", busy: "no" }));
				const shares = new Shares();
				const random = randomFrom(seed);
				const got = all.map(() => 0);
				for (const size of claims) {
					const choice = choose(all, random, shares);
					if ("none" in choice || choice.isProbe) throw new Error("all are up");
					shares.took(choice.providerId, size, choice.sharers);
					got[choice.providerId]! += size;
				}
				const total = claims.reduce((sum, size) => sum + size, 0);
				const effective = all.map(({ weight, factor }) => weight * factor);
				const sum = effective.reduce((a, b) => a + b, 0);
				for (const [i, weight] of effective.entries())
					expect(Math.abs(got[i]! - (total * weight) / sum)).toBeLessThan(300);
			}),
			{ numRuns: 100 },
		);
	});

	it("shares campaigns of one message by weight as well", () => {
		const all: Drawn[] = [30, 70].map((weight) => ({ weight, factor: 1, tier: 1, rest: "none", busy: "no" }));
		const random = randomFrom(7);
		let second = 0;
		for (let i = 0; i < 2_000; i++) {
			const choice = choose(all, random);
			if ("providerId" in choice && choice.providerId === 1) second++;
		}
		expect(second / 2_000).toBeCloseTo(0.7, 1);
	});
});
