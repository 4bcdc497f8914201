import { expect, it } from "vitest";
import { viewedUnits } from "./viewed-units.ts";

const TIERS = [
	{ accountId: 30, unitMicros: 50 },
	{ accountId: 20, unitMicros: 40 },
	{ accountId: 10, unitMicros: 25 },
];

it.each([
	[30, { price: 50, ownPrice: null }],
	[20, { price: 50, ownPrice: 40 }],
	[10, { price: 40, ownPrice: 25 }],
	[1, { price: 25, ownPrice: null }],
	[99, null],
])("account %i sees what is paid to it and what it pays, and nothing above", (viewerId, expected) => {
	expect(viewedUnits(TIERS, 1, viewerId)).toEqual(expected);
});

it("of the root's own messages nobody pays anything", () => {
	expect(viewedUnits([], 1, 1)).toBeNull();
});
