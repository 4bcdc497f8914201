import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import { insertAccount } from "#app/modules/accounts/insert-account.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { findPrice } from "./find-price.server.ts";
import type { NewLine, PriceChange } from "./price-change.ts";
import { LossesError, StalePricesError } from "./pricing.errors.ts";
import { listVersion, setPrices } from "./set-prices.server.ts";

testBooks();
let on: Actors;
beforeEach(async () => {
	on = await makeActors();
});

const line = (unitMicros: number | null, of: Partial<NewLine> = {}): NewLine => ({
	...{ channel: "sms", country: "", kind: "", unitMicros },
	...of,
});
const version = (actor: Actor, buyerId = 0) => readBooks((tx) => listVersion(tx, actor, buyerId));
const set = (
	actor: Actor,
	lines: NewLine[],
	more: Partial<PriceChange> & { losses?: string; version?: number } = {},
) => {
	const { losses, version: seen, ...change } = more;
	const of = { buyerId: 0, fromUtc: null, ...change, lines };
	return setPrices(actor, of, { version: seen ?? version(actor, of.buyerId), losses });
};
const price = (seller: Actor, buyer: Actor, at = Date.now() + 5, country = "UA") =>
	readBooks((tx) =>
		findPrice(tx, {
			...{ sellerId: seller.account.id, buyerId: buyer.account.id, channel: "sms", country, kind: "text", at },
		}),
	);
const lossesOf = async (work: Promise<unknown>) => {
	const error = await work.then(
		() => undefined,
		(caught) => caught,
	);
	if (!(error instanceof LossesError)) throw error ?? new Error("nobody loses");
	return error.found;
};
const rows = () => readBooks((tx) => tx.sql("SELECT count(*) FROM prices").pluck().get());
const trail = () =>
	readBooks((tx) =>
		tx.sql<string>("SELECT detail FROM audit WHERE verb = 'prices.change' ORDER BY id").pluck().all(),
	).map((detail) => JSON.parse(detail as string));

describe("prices that are set", () => {
	it("hold at once, for all directly below or for one; a repeat of the same form changes nothing", async () => {
		await set(on.admin, [line(10)]);
		await set(on.dealer, [line(20), line(15, { country: "UA" })], { version: 0 });
		await set(on.dealer, [line(20), line(15, { country: "UA" })], { version: 0 });
		await set(on.dealer, [line(12)], { buyerId: on.client.account.id });
		expect([
			price(on.dealer, on.client),
			price(on.dealer, on.client2),
			price(on.dealer, on.client2, undefined, "PL"),
		]).toEqual([12, 15, 20]);
		expect(price(on.dealer2, on.client3)).toBeNull();
		expect(rows()).toBe(4);
		expect(trail()).toHaveLength(3);
		expect(trail()[1]).toEqual({
			...{ prices: ["sms; *; *; 0.00002", "sms; UA; *; 0.000015"], lines: 2, fromUtc: null, atLoss: false },
		});
	});

	it("may begin later; what is taken back gives the word to the next, and what was planned does not come again", async () => {
		const later = Date.now() + 86_400_000;
		await set(on.dealer, [line(20)]);
		await set(on.dealer, [line(15)], { buyerId: on.client.account.id });
		await set(on.dealer, [line(17)], { buyerId: on.client.account.id, fromUtc: later });
		await set(on.dealer, [line(18)], { buyerId: on.client.account.id, fromUtc: later });
		expect([price(on.dealer, on.client), price(on.dealer, on.client, later + 5)]).toEqual([15, 18]);
		await set(on.dealer, [line(null)], { buyerId: on.client.account.id });
		expect([price(on.dealer, on.client), price(on.dealer, on.client, later + 5)]).toEqual([20, 20]);
		const before = rows();
		await set(on.dealer, [line(null)], { buyerId: on.client.account.id });
		expect(rows(), "taken back already").toBe(before);
	});

	it("of two who change one list at once the second is told", async () => {
		await set(on.dealer, [line(20)], { version: 0 });
		await expect(set(on.dealer, [line(30)], { version: 0 })).rejects.toThrow(StalePricesError);
		await set(on.dealer, [line(30)], { version: 0, buyerId: on.client.account.id });
		const both = await Promise.allSettled([40, 50].map((unit) => set(on.dealer, [line(unit)])));
		expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
		expect([40, 50]).toContain(price(on.dealer, on.client2));
	});
});

describe("who would lose", () => {
	it("is the seller below its own cost, until it is meant; and the trail says so", async () => {
		await set(on.admin, [line(10), line(8, { country: "UA" })]);
		const found = await lossesOf(set(on.dealer, [line(9)]));
		expect(found.losses).toEqual([
			{
				sellerId: on.dealer.account.id,
				buyerId: 0,
				channel: "sms",
				country: "",
				kind: "",
				priceMicros: 9,
				costMicros: 10,
			},
		]);
		expect(price(on.dealer, on.client)).toBeNull();
		await lossesOf(set(on.dealer, [line(9)], { losses: "of something else" }));
		await set(on.dealer, [line(9)], { losses: found.hash });
		expect(price(on.dealer, on.client)).toBe(9);
		expect(trail().at(-1)).toMatchObject({ atLoss: true });
		await set(on.dealer, [line(10)], { buyerId: on.client.account.id });
	});

	it("is every dealer below whose cost rises above a price, also of one buyer's own and of a later day", async () => {
		const later = Date.now() + 86_400_000;
		await set(on.admin, [line(10)]);
		await set(on.dealer, [line(20)]);
		await set(on.dealer, [line(12)], { buyerId: on.client.account.id });
		await set(on.dealer2, [line(14)]);
		await set(on.dealer2, [line(30)], { fromUtc: later });
		const told = (found: Awaited<ReturnType<typeof lossesOf>>) =>
			found.losses.map(({ sellerId, buyerId, priceMicros, costMicros }) => [
				sellerId,
				buyerId,
				priceMicros,
				costMicros,
			]);
		const [dealer, dealer2, client] = [on.dealer, on.dealer2, on.client].map((one) => one.account.id);
		expect(told(await lossesOf(set(on.admin, [line(13)])))).toEqual([[dealer, client, 12, 13]]);
		expect(told(await lossesOf(set(on.admin, [line(25)])))).toEqual([
			[dealer, 0, 20, 25],
			[dealer, client, 12, 25],
			[dealer2, 0, 14, 25],
		]);
		expect(told(await lossesOf(set(on.admin, [line(25)], { buyerId: dealer2 })))).toEqual([[dealer2, 0, 14, 25]]);
		await set(on.admin, [line(25)], { buyerId: dealer2, fromUtc: later + 1 });
		await set(on.admin, [line(12)]);
	});

	it("is whoever would be left without a price", async () => {
		await set(on.admin, [line(10)]);
		await set(on.dealer, [line(20)]);
		const found = await lossesOf(set(on.admin, [line(null)]));
		expect(found.losses.map(({ sellerId, priceMicros, costMicros }) => [sellerId, priceMicros, costMicros])).toEqual([
			[on.admin.account.id, null, null],
			[on.dealer.account.id, 20, null],
		]);
	});

	it("are found among many dealers and buyers, and no more are told than one can read", async () => {
		await set(on.admin, [line(10)]);
		await inTx((tx) => {
			for (let i = 0; i < 130; i++) {
				const place = { timeZone: "UTC", country: "UA", name: `d${i}`, ownerLogin: `d${i}` };
				const { id } = insertAccount(tx, { parentId: on.admin.account.id, kind: "dealer", ...place });
				tx.sql(
					"INSERT INTO prices (account_id, buyer_account_id, channel, unit_micros, from_utc, created_at_utc) VALUES (?, 0, 'sms', ?, 1, 1)",
				).run(id, 10 + i);
			}
		});
		const found = await lossesOf(set(on.admin, [line(60)]));
		expect([found.losses.length, found.isCut]).toEqual([50, false]);
		const more = await lossesOf(set(on.admin, [line(200)]));
		expect([more.losses.length, more.isCut]).toEqual([100, true]);
		await set(on.admin, [line(60)], { losses: found.hash });
	});

	it("of the root is measured by the dearest active provider", async () => {
		await inTx((tx) => {
			for (const [id, state, cost] of [
				[1, "active", 9],
				[2, "active", 11],
				[3, "disabled", 50],
			] as const) {
				tx.sql(
					`INSERT INTO providers (id, account_id, name, adapter, channel, state, sealed_settings, bulk_size, connections, created_at_utc)
					 VALUES (?, 1, 'P', 'vonage', 'sms', ?, '', 1, 1, 1)`,
				).run(id, state);
				tx.sql(
					"INSERT INTO provider_costs (account_id, provider_id, country, kind, cost_micros) VALUES (1, ?, '', '', ?)",
				).run(id, cost);
			}
		});
		expect((await lossesOf(set(on.admin, [line(10)]))).losses[0]).toMatchObject({ priceMicros: 10, costMicros: 11 });
		await set(on.admin, [line(11)]);
	});
});

describe("nobody sets prices", () => {
	const forbidden = expect.objectContaining({ status: 403 });
	it("without the right, or as a client", async () => {
		await expect(set(on.client, [line(1)])).rejects.toEqual(forbidden);
		const without = {
			...on.dealer,
			rights: new Set([...on.dealer.rights].filter((right) => right !== "prices.update")),
		};
		await expect(set(without, [line(1)])).rejects.toEqual(forbidden);
	});

	it("of an account of elsewhere, of itself, or of one that stands lower", async () => {
		for (const [who, buyer] of [
			[on.dealer, on.client3],
			[on.dealer, on.dealer],
			[on.dealer, on.dealer2],
			[on.admin, on.client],
			[on.admin, on.admin],
		] as const)
			await expect(set(who, [line(1)], { buyerId: buyer.account.id })).rejects.toThrow(AccountNotFoundError);
		expect(rows()).toBe(0);
	});

	it("for all, who is limited to some accounts", async () => {
		const limited = { ...on.dealer, branches: [on.client.account.path] };
		await expect(set(limited, [line(1)])).rejects.toEqual(forbidden);
		await expect(set(limited, [line(1)], { buyerId: on.client2.account.id })).rejects.toThrow(AccountNotFoundError);
		await set(limited, [line(1)], { buyerId: on.client.account.id });
		expect(price(on.dealer, on.client)).toBe(1);
	});
});
