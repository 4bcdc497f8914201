import { describe, expect, it } from "vitest";
import type { Part } from "#app/modules/ledger/transfer.ts";
import fc from "#app/testing/fc.ts";
import {
	type ChargedTiers,
	captureParts,
	costParts,
	heldOf,
	holdParts,
	netParts,
	releaseParts,
} from "./charge-parts.ts";

const ROOT = 1;
const unit = fc.nat(5_000_000);
const drawn = fc
	.tuple(fc.array(fc.tuple(unit, unit), { maxLength: 6 }), fc.boolean())
	.map(([units, isPair]): ChargedTiers => {
		const ids = units.map((_, at) => 100 - at);
		return {
			tiers: units.map(([first], at) => ({ accountId: ids[at]!, unitMicros: first })),
			secondTiers: isPair ? units.map(([, second], at) => ({ accountId: ids[at]!, unitMicros: second })) : null,
			rootId: ROOT,
		};
	});
const quantity = fc.integer({ min: 1, max: 1_000_000 });
const legs = (of: ChargedTiers) => (of.secondTiers ? (["first", "second"] as const) : (["first"] as const));

function sums(parts: Part[]): Record<string, number> {
	const byBook: Record<string, number> = {};
	for (const { accountId, book, amountMicros } of parts) {
		expect(Number.isSafeInteger(amountMicros)).toBe(true);
		const key = `${accountId} ${book}`;
		byBook[key] = (byBook[key] ?? 0) + amountMicros;
	}
	return Object.fromEntries(Object.entries(byBook).filter(([, micros]) => micros !== 0));
}
const total = (parts: Part[]) => parts.reduce((sum, { amountMicros }) => sum + amountMicros, 0);

describe("parts of a charge, whatever the prices", () => {
	it("sum to zero", () => {
		fc.assert(
			fc.property(drawn, quantity, unit, (of, n, cost) => {
				for (const parts of [holdParts(of, n), releaseParts(of, n), costParts(ROOT, cost, n)])
					expect(total(parts)).toBe(0);
				for (const leg of legs(of)) {
					expect(total(captureParts(of, leg, n))).toBe(0);
					expect(total(netParts(of, leg, n))).toBe(0);
				}
			}),
		);
	});

	it("give back on release exactly what was held; charge and give-back leave nothing held", () => {
		fc.assert(
			fc.property(drawn, quantity, quantity, (of, n, m) => {
				expect(sums([...holdParts(of, n), ...releaseParts(of, n)])).toEqual({});
				for (const leg of legs(of)) {
					const all = [...holdParts(of, n + m), ...captureParts(of, leg, n), ...releaseParts(of, m)];
					expect(Object.keys(sums(all)).filter((book) => book.endsWith("held"))).toEqual([]);
					// In the end each has what it would have without any hold.
					expect(sums(all)).toEqual(sums(netParts(of, leg, n)));
				}
			}),
		);
	});

	it("never take more from a book than was held there", () => {
		fc.assert(
			fc.property(drawn, quantity, (of, n) => {
				const held = heldOf(of);
				for (const leg of legs(of))
					for (const [book, micros] of Object.entries(sums(captureParts(of, leg, n)))) {
						const [accountId, kind] = book.split(" ");
						if (micros < 0) expect([kind, -micros]).toEqual(["held", held.get(Number(accountId))! * n]);
					}
			}),
		);
	});
});

it("a client pays, its dealer keeps the difference, one that sells below its cost pays it, and the root takes the last price", () => {
	const of: ChargedTiers = {
		tiers: [
			{ accountId: 30, unitMicros: 50 },
			{ accountId: 20, unitMicros: 60 },
			{ accountId: 10, unitMicros: 40 },
		],
		secondTiers: null,
		rootId: ROOT,
	};
	expect(sums(holdParts(of, 2))).toEqual({ "30 available": -100, "30 held": 100, "20 available": -20, "20 held": 20 });
	expect(sums(captureParts(of, "first", 2))).toEqual({
		"30 held": -100,
		"20 held": -20,
		"10 available": 40,
		"1 available": 80,
	});
});

it("of a pair each account holds for the leg that takes more of it", () => {
	const of: ChargedTiers = {
		tiers: [
			{ accountId: 30, unitMicros: 50 },
			{ accountId: 20, unitMicros: 60 },
		],
		secondTiers: [
			{ accountId: 30, unitMicros: 80 },
			{ accountId: 20, unitMicros: 70 },
		],
		rootId: ROOT,
	};
	expect(Object.fromEntries(heldOf(of))).toEqual({ 30: 80, 20: 10 });
	expect(sums(captureParts(of, "first", 1))).toEqual({
		"30 held": -80,
		"30 available": 30,
		"20 held": -10,
		"1 available": 60,
	});
	expect(sums(captureParts(of, "second", 1))).toEqual({
		"30 held": -80,
		"20 held": -10,
		"20 available": 20,
		"1 available": 70,
	});
});

it("the root's own messages cost what the provider takes, and nothing else", () => {
	const of: ChargedTiers = { tiers: [], secondTiers: null, rootId: ROOT };
	expect(sums([...holdParts(of, 5), ...captureParts(of, "first", 5)])).toEqual({});
	expect(sums(costParts(ROOT, 7, 5))).toEqual({ "1 costs": -35, "1 providers": 35 });
});
