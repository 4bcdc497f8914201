import { describe, expect, it } from "vitest";
import { giveProbes, PROBES, passage } from "./breaker.ts";
import { type CallEnd, newHealth } from "./health.ts";
import { mergeHealth, storedOf } from "./merge-health.ts";
import { noteBegun, noteEnded } from "./note-call.ts";
import { stepHealth } from "./step-health.ts";

const PACE = { stepMs: 1_000 };

function called(ends: CallEnd[], health = newHealth(0), now = 0) {
	for (const end of ends) {
		noteBegun(health, now);
		noteEnded(health, end, now, now + 10, PACE);
	}
	return health;
}
const faults = (count: number) => new Array<CallEnd>(count).fill("fault");

describe("a breaker", () => {
	it("opens at five faults in a row, or where half the calls of late are faults; refusals and pauses are none", () => {
		expect(called(faults(4)).breaker.state).toBe("closed");
		expect(called(faults(5)).breaker.state).toBe("open");
		const mixed: CallEnd[] = ["fault", "well", "fault", "well", "fault", "well", "fault", "well", "fault"];
		expect(called([...mixed]).breaker.state).toBe("closed");
		expect(called([...mixed, "fault"]).breaker.state).toBe("open");
		expect(called(new Array<CallEnd>(50).fill("throttled")).breaker.state).toBe("closed");
	});

	it("lets a few probes through when its time is up, and closes when all of them are well", () => {
		const health = called(faults(5));
		expect(passage(health, 2_009, PACE)).toBe("none");
		expect(passage(health, 2_010, PACE)).toBe("probe");
		giveProbes(health, 2_010);
		expect(passage(health, 2_011, PACE)).toBe("none");
		// An answer to what was asked before it opened is old news.
		noteEnded(health, "fault", 5, 2_020, PACE);
		called(new Array<CallEnd>(PROBES - 1).fill("well"), health, 2_030);
		expect(health.breaker.state).toBe("half_open");
		called(["well"], health, 2_040);
		expect(health.breaker.state).toBe("closed");
		expect(passage(health, 2_041, PACE)).toBe("free");
	});

	it("stays open twice as long after each bad probe, and begins anew when it was well for long", () => {
		const health = called(faults(5));
		const lengths: number[] = [];
		let now = 0;
		for (let i = 0; i < 8; i++) {
			lengths.push(health.breaker.openUntilUtc - health.breaker.changedAtUtc);
			now = health.breaker.openUntilUtc;
			expect(passage(health, now, PACE)).toBe("probe");
			giveProbes(health, now);
			called(["fault"], health, now);
		}
		expect(lengths).toEqual([2, 4, 8, 16, 32, 64, 64, 64].map((steps) => steps * PACE.stepMs));
		now = health.breaker.openUntilUtc;
		passage(health, now, PACE);
		giveProbes(health, now);
		called(["well", "well", "well"], health, now);
		called(faults(5), health, now + 70_000);
		expect(health.breaker.openUntilUtc - health.breaker.changedAtUtc).toBe(2_000);
	});

	it("gives its probes again when nobody heard of them", () => {
		const health = called(faults(5));
		passage(health, 2_010, PACE);
		giveProbes(health, 2_010);
		expect(passage(health, 13_000, PACE)).toBe("none");
		expect(passage(health, 14_010, PACE)).toBe("probe");
	});

	it("opens on who hangs, if others do not", () => {
		const hanging = called(["well"]);
		const other = called(["well"]);
		noteBegun(hanging, 1_000);
		stepHealth([hanging, other], 1_900, PACE);
		expect(hanging.breaker.state).toBe("closed");
		stepHealth([hanging, other], 3_000, PACE);
		expect(hanging.breaker.state).toBe("open");
		const alone = called(["well"]);
		noteBegun(alone, 1_000);
		stepHealth([alone], 9_000, PACE);
		expect(alone.breaker.state).toBe("closed");
	});
});

describe("what two processes know", () => {
	it("adds up, and the newer word about breaker and factor counts", () => {
		const here = called(["well", "fault"]);
		const there = called(faults(5));
		mergeHealth(there, undefined);
		mergeHealth(here, JSON.parse(JSON.stringify(storedOf(there))));
		expect(here.tally).toMatchObject({ calls: 7, faults: 6 });
		expect(here.breaker.state).toBe("open");
	});
});
