import { expect, it } from "vitest";
import fc from "#app/testing/fc.ts";
import { mergeRuns, RUN_LENGTH } from "./merge-runs.ts";
import { PhoneSet } from "./phone-set.ts";

const phone = fc.oneof(
	fc.integer({ min: 1_000_000, max: 999_999_999_999_999 }),
	// Neighbours, as in real lists.
	fc.integer({ min: 380_670_000_000, max: 380_670_000_200 }),
);

it("knows what was added, as a Set does", () => {
	fc.assert(
		fc.property(fc.array(phone, { maxLength: 500 }), (phones) => {
			const set = new PhoneSet(phones.length);
			const expected = new Set<number>();
			for (const one of phones) {
				expect(set.add(one)).toBe(!expected.has(one));
				expected.add(one);
			}
			expect(set.size).toBe(expected.size);
			expect([...set.take()].sort()).toEqual([...expected].sort());
		}),
	);
});

it("gives numbers in ascending order over many runs, in chunks", async () => {
	const values = Float64Array.from({ length: RUN_LENGTH * 2 + 5 }, (_, at) => (at * 7_919) % 1_000_003);
	const expected = [...values].sort((a, b) => a - b);
	const merged: number[] = [];
	let breaths = 0;
	for await (const chunk of mergeRuns(values, 1_000, async () => void breaths++)) {
		expect(chunk.length).toBeLessThanOrEqual(1_000);
		merged.push(...chunk);
	}
	expect(merged).toEqual(expected);
	expect(breaths).toBe(3);
});
