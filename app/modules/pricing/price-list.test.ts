import { describe, expect, it } from "vitest";
import fc from "#app/testing/fc.ts";
import { lossesOf } from "./losses.ts";
import { type Lines, lineKey, linesAt, namedIn, resolve, shownLines } from "./price-list.ts";

const few = <T>(...of: T[]) => fc.constantFrom(...of);
const country = few("", "UA", "PL", "DE");
const kind = few("", "text", "image");
const lines: fc.Arbitrary<Lines> = fc
	.array(fc.tuple(country, kind, fc.nat(4)), { maxLength: 8 })
	.map((all) => new Map(all.map(([c, k, unit]) => [lineKey(c, k), unit])));
const lists = fc.array(lines, { minLength: 1, maxLength: 2 });
/** Every pair, with one of each that no line names. */
const everywhere = ["", "UA", "PL", "DE", "FR"].flatMap((c) =>
	["", "text", "image", "video"].map((k) => [c, k] as const),
);
/** What nobody named is found as "" is. */
const at = (of: readonly Lines[], c: string, k: string) => {
	const { countries, kinds } = namedIn(of);
	return resolve(of, countries.includes(c) ? c : "", kinds.includes(k) ? k : "");
};

it("the lines of a moment are the latest that have begun, without what was taken back", () => {
	const row = (unitMicros: number | null, fromUtc: number, buyerId = 0) => ({
		buyerId,
		country: "",
		kind: "",
		unitMicros,
		fromUtc,
	});
	const rows = [row(1, 10), row(3, 30), row(2, 20), row(null, 40), row(9, 1, 5)];
	expect([9, 10, 25, 30, 40].map((moment) => linesAt(rows, 0, moment).get("/"))).toEqual([
		undefined,
		1,
		2,
		3,
		undefined,
	]);
	expect(linesAt(rows, 5, 1).get("/")).toBe(9);
});

describe("several lists shown as one", () => {
	it("say the same of everything, and need every line", () => {
		fc.assert(
			fc.property(lists, (of) => {
				const shown = shownLines(of);
				const asOne = (without?: number) =>
					new Map(shown.filter((_, i) => i !== without).map((one) => [lineKey(one.country, one.kind), one.unitMicros]));
				for (const [c, k] of everywhere) expect(at([asOne()], c, k), `${c}/${k}`).toBe(at(of, c, k));
				for (const i of shown.keys())
					expect(everywhere.some(([c, k]) => at([asOne(i)], c, k) !== at(of, c, k))).toBe(true);
			}),
		);
	});
});

describe("losses", () => {
	it("are told of everything that a change makes a loss, and of nothing else", () => {
		const change = fc.record({ before: lists, after: lists });
		fc.assert(
			fc.property(change, change, (cost, price) => {
				const losses = lossesOf({ sellerId: 1, buyerId: 0, cost, price });
				const all = [...cost.before, ...cost.after, ...price.before, ...price.after];
				const { countries, kinds } = namedIn(all);
				for (const c of countries)
					for (const k of kinds) {
						const [was, is] = (["before", "after"] as const).map((when) => ({
							price: resolve(price[when], c, k),
							cost: resolve(cost[when], c, k),
						})) as [{ price: number | null; cost: number | null }, { price: number | null; cost: number | null }];
						const isSame = was.price === is.price && was.cost === is.cost;
						const isBelow = is.price !== null && is.cost !== null && is.price < is.cost;
						const isGone =
							(was.price !== null && is.price === null) || (was.cost !== null && is.cost === null && is.price !== null);
						const told = losses.filter((one) => ["", c].includes(one.country) && ["", k].includes(one.kind));
						const isTold = told.some(
							(one) => one.priceMicros === is.price && one.costMicros === (is.price === null ? null : is.cost),
						);
						if (!isSame && (isBelow || isGone)) expect(isTold, `${c}/${k}`).toBe(true);
						const exactly = losses.find((one) => one.country === c && one.kind === k);
						if (isSame || !(isBelow || isGone)) expect(exactly, `${c}/${k}`).toBeUndefined();
					}
			}),
		);
	});

	it("of a price for any country are told once", () => {
		const costs = new Map([
			["/", 10],
			["UA/", 5],
			["UA/text", 5],
			["PL/", 10],
		]);
		const list = (unit: number) => [new Map([["/", unit]])];
		const change = { before: list(20), after: list(7) };
		const losses = lossesOf({ sellerId: 1, buyerId: 0, cost: { before: [costs], after: [costs] }, price: change });
		expect(losses).toEqual([{ sellerId: 1, buyerId: 0, country: "", kind: "", priceMicros: 7, costMicros: 10 }]);
	});
});
