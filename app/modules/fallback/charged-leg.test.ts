import { expect, it } from "vitest";
import fc from "#app/testing/fc.ts";
import { chargedLeg, type Leg } from "./charged-leg.ts";

it.each([
	[null, null, null, null],
	[5, null, null, "first"],
	[null, 5, null, "second"],
	[5, 6, null, "first"],
	[6, 5, null, "second"],
	[5, 5, null, "first"],
	[5, 6, "second", "second"],
	[6, 5, "first", "first"],
] as const)("first at %s, second at %s, charged %s: %s", (firstDeliveredAt, secondDeliveredAt, charged, expected) => {
	expect(chargedLeg({ firstDeliveredAt, secondDeliveredAt, charged })).toBe(expected);
});

it("charges one message a person, whatever becomes known in whatever order", () => {
	const times = fc.record({ first: fc.option(fc.nat(9)), second: fc.option(fc.nat(9)), isFirstKnown: fc.boolean() });
	fc.assert(
		fc.property(times, ({ first, second, isFirstKnown }) => {
			let charged: Leg | null = null;
			const known = { firstDeliveredAt: null as number | null, secondDeliveredAt: null as number | null };
			const charges: Leg[] = [];
			for (const leg of isFirstKnown ? (["first", "second"] as const) : (["second", "first"] as const)) {
				if (leg === "first") known.firstDeliveredAt = first;
				else known.secondDeliveredAt = second;
				const now = chargedLeg({ ...known, charged });
				if (now !== charged && now) charges.push(now);
				charged = now;
			}
			expect(charges).toHaveLength(first === null && second === null ? 0 : 1);
		}),
	);
});
