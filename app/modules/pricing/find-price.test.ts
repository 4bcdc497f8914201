import { beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { CHANNELS, CONTENT_KINDS } from "#app/modules/routing/content-kinds.ts";
import fc from "#app/testing/fc.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { chargeTerms } from "./charge-terms.server.ts";
import { findPrice } from "./find-price.server.ts";
import { paidParts } from "./paid-parts.ts";
import { priceChain, tiersOfParts } from "./price-chain.server.ts";
import { addPrice, type TestPrice } from "./testing/add-price.ts";

testBooks();
let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
});

const add = (...lines: TestPrice[]) =>
	inTx((tx) => {
		for (const line of lines) addPrice(tx, line);
	});
const find = (of: Partial<Parameters<typeof findPrice>[1]> = {}) =>
	readBooks((tx) =>
		findPrice(tx, { sellerId: 2, buyerId: 4, channel: "sms", country: "UA", kind: "text", at: 100, ...of }),
	);

describe("the most specific line counts", () => {
	it("the buyer's own, then the country's, then the kind's", async () => {
		expect(find()).toBeNull();
		const steps: Partial<TestPrice>[] = [
			{},
			{ kind: "text" },
			{ country: "UA" },
			{ country: "UA", kind: "text" },
			{ buyerAccountId: 4 },
			{ buyerAccountId: 4, kind: "text" },
			{ buyerAccountId: 4, country: "UA" },
			{ buyerAccountId: 4, country: "UA", kind: "text" },
		];
		for (const [i, step] of steps.entries()) {
			await add({ accountId: 2, unitMicros: i, ...step });
			expect(find()).toBe(i);
		}
		expect(find({ buyerId: 5 })).toBe(3);
		expect(find({ country: "PL" })).toBe(5);
		expect(find({ country: "" })).toBe(5);
		expect(find({ channel: "viber" })).toBeNull();
		expect(find({ sellerId: 3 }), "of another seller").toBeNull();
	});

	it("from its moment on, until it is taken back", async () => {
		await add(
			{ accountId: 2, unitMicros: 7 },
			{ accountId: 2, buyerAccountId: 4, unitMicros: 1, fromUtc: 50 },
			{ accountId: 2, buyerAccountId: 4, unitMicros: 0, fromUtc: 100 },
			{ accountId: 2, buyerAccountId: 4, unitMicros: null, fromUtc: 150 },
		);
		expect([49, 50, 99, 100, 149, 150].map((at) => find({ at }))).toEqual([7, 1, 1, 0, 0, 7]);
	});

	it("as one who looks through them all would find it", async () => {
		const few = <T>(...of: T[]) => fc.constantFrom(...of);
		const line = fc.record({
			accountId: few(2, 3),
			buyerAccountId: few(0, 4, 5),
			channel: few(...CHANNELS),
			country: few("", "UA", "PL"),
			kind: few("" as const, ...CONTENT_KINDS),
			unitMicros: fc.option(fc.nat(1_000_000), { freq: 4 }),
			fromUtc: fc.integer({ min: 1, max: 5 }),
		});
		const asked = fc.record({
			sellerId: few(2, 3),
			buyerId: few(4, 5),
			channel: few(...CHANNELS),
			country: few("", "UA", "PL", "DE"),
			kind: few(...CONTENT_KINDS),
			at: fc.integer({ min: 0, max: 6 }),
		});
		const keyOf = (one: { [key: string]: unknown }) =>
			["accountId", "buyerAccountId", "channel", "country", "kind", "fromUtc"].map((key) => one[key]).join("/");
		const lists = fc.uniqueArray(line, { selector: keyOf, minLength: 20, maxLength: 120 });
		await fc.assert(
			fc.asyncProperty(lists, fc.array(asked, { minLength: 20, maxLength: 20 }), async (list, questions) => {
				await inTx((tx) => tx.sql("DELETE FROM prices").run());
				await add(...list);
				for (const of of questions) expect(find(of), JSON.stringify(of)).toBe(naive(list, of));
			}),
			{ numRuns: 60 },
		);
	});
});

function naive(list: TestPrice[], of: Parameters<typeof findPrice>[1]): number | null {
	for (const buyerAccountId of [of.buyerId, 0])
		for (const country of of.country ? [of.country, ""] : [""])
			for (const kind of [of.kind, ""] as const) {
				let last: TestPrice | undefined;
				for (const one of list) {
					if (one.accountId !== of.sellerId || one.channel !== of.channel || one.fromUtc! > of.at) continue;
					if (one.buyerAccountId !== buyerAccountId || one.country !== country || one.kind !== kind) continue;
					if (!last || one.fromUtc! > last.fromUtc!) last = one;
				}
				if (last && last.unitMicros !== null) return last.unitMicros;
			}
	return null;
}

describe("a chain", () => {
	const chain = (who: keyof Actors) =>
		readBooks((tx) =>
			priceChain(tx, { path: actors[who].account.path, channel: "sms", country: "UA", kind: "text", at: 100 }),
		);

	it("is of all who pay, from who sends to below the root", async () => {
		const [client, dealer] = [actors.client.account.id, actors.dealer.account.id];
		expect(chain("admin")).toEqual({ tiers: [] });
		expect(chain("client")).toEqual({ missing: client });
		await add({ accountId: dealer, unitMicros: 12 });
		expect(chain("client")).toEqual({ missing: dealer });
		await add({ accountId: actors.admin.account.id, unitMicros: 10 });
		const tiers = [
			{ accountId: client, unitMicros: 12 },
			{ accountId: dealer, unitMicros: 10 },
		];
		expect(chain("client")).toEqual({ tiers });
		expect(chain("client3"), "of another branch").toEqual({ missing: actors.client3.account.id });
		expect(tiersOfParts(tiers, 3).map(({ unitMicros }) => unitMicros)).toEqual([36, 30]);
	});
});

it("an SMS costs its parts, what goes another way one", () => {
	expect([paidParts("sms", "я".repeat(71)), paidParts("sms", "hello"), paidParts("viber", "я".repeat(900))]).toEqual([
		2, 1, 1,
	]);
});

it("a channel's terms are the usual ones until they are chosen", async () => {
	const terms = (channel: (typeof CHANNELS)[number]) => readBooks((tx) => chargeTerms(tx, channel));
	expect(CHANNELS.map((channel) => terms(channel).chargeOn)).toEqual(["delivered", "delivered", "accepted"]);
	await inTx((tx) =>
		tx.sql("INSERT INTO charge_terms (channel, account_id, charge_on, refunds) VALUES ('sms', 1, 'accepted', 1)").run(),
	);
	expect([terms("sms"), terms("viber")]).toEqual([
		{ chargeOn: "accepted", refunds: true },
		{ chargeOn: "delivered", refunds: false },
	]);
});
