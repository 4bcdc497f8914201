import { beforeEach, expect, it } from "vitest";
import { plansOf } from "#db/query-plans.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { heldByClasses } from "./held-by-classes.server.ts";

testBooks();
const OVER = 3_000;
const TIERS = [
	{ accountId: 7, unitMicros: 5 },
	{ accountId: 3, unitMicros: 6 },
];

/** Campaigns 1 … OVER hold nothing any more; the three behind them do. */
beforeEach(() =>
	inTx((tx) => {
		const insert = tx.sql(
			`INSERT INTO price_classes (campaign_id, class, account_id, country, kind, charge_on, refunds, tiers, awaited, held, captured)
			 VALUES (?, 1, 7, 'UA', 'text', 'accepted', 0, ?, ?, ?, 9)`,
		);
		for (let id = 1; id <= OVER; id++) insert.run(id, JSON.stringify(TIERS), 0, 0);
		for (const [id, awaited, held] of [
			[OVER + 1, 0, 4],
			[OVER + 2, 3, 0],
			[OVER + 3, 1, 1],
		])
			insert.run(id, JSON.stringify(TIERS), awaited, held);
	}),
);

it("adds up what is awaited and held, slice by slice", () => {
	const slices = [];
	for (let after: number | null = 0; after !== null; ) {
		const { held, last }: ReturnType<typeof heldByClasses> = readBooks((tx) => heldByClasses(tx, after!, 2));
		slices.push([Object.fromEntries(held), last]);
		after = last;
	}
	expect(slices).toEqual([
		[{ 7: 35, 3: 7 }, OVER + 2],
		[{ 7: 10, 3: 2 }, OVER + 3],
		[{}, null],
	]);
});

it("reads the few classes that hold something, not all that there ever were", () => {
	const plans = plansOf((tx) => heldByClasses(tx, 0, 200));
	const lines = plans.flatMap((plan) => plan.lines);
	expect(lines.filter((line) => /^(SCAN|SEARCH) h\b/.test(line))).toEqual([
		expect.stringMatching(/^SEARCH h USING (COVERING )?INDEX price_classes_held \(campaign_id>\?\)$/),
	]);
	expect(lines.filter((line) => /^(SCAN|SEARCH) k\b/.test(line))).toEqual([
		expect.stringMatching(/^SEARCH k USING .*INDEX .* \(campaign_id=\?\)$/),
	]);
});
