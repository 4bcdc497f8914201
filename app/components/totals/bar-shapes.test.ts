import { describe, expect, it } from "vitest";
import { barShapes } from "./bar-shapes.ts";

const bar = (revenueMicros: number, costMicros: number) => ({ messages: 1, revenueMicros, costMicros });

describe("bars", () => {
	it("stand as high as the larger of revenue and cost, in parts", () => {
		const { cost, gain, loss, topMicros, steps } = barShapes([bar(200, 50), null, bar(100, 160)]);
		expect(topMicros).toBe(200);
		expect(cost).toBe("M1 100v-25h8v25zM21 100v-50h8v50z");
		expect(gain).toBe("M1 75v-75h8v75z");
		expect(loss).toBe("M21 50v-30h8v30z");
		expect(steps).toBe(14);
	});

	it("are none for days on which more came back than went out, nor for no money", () => {
		expect(barShapes([bar(-5, -3), bar(0, 0)])).toMatchObject({ cost: "", gain: "", loss: "" });
	});
});
