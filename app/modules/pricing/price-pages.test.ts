import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { AccountNotFoundError } from "#app/modules/accounts/account.errors.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { getManyPage } from "./get-many-page.server.ts";
import { getOwnPrices } from "./get-own-prices.server.ts";
import { getPriceHistory, getPriceList } from "./get-price-list.server.ts";
import { getTermsPage } from "./get-terms-page.server.ts";
import { raised } from "./plan-many.server.ts";
import { saveMany } from "./save-many.server.ts";
import { savePrice } from "./save-price.server.ts";
import { saveTerms } from "./save-terms.server.ts";
import { addPrice } from "./testing/add-price.ts";

testBooks();
let on: Actors;
beforeEach(async () => {
	on = await makeActors();
	await inTx((tx) => {
		addPrice(tx, { accountId: 1, unitMicros: 10_000 });
		addPrice(tx, { accountId: 1, country: "UA", unitMicros: 8_000 });
	});
});

const form = (values: Record<string, string>) => {
	const data = new FormData();
	for (const [name, value] of Object.entries(values)) data.set(name, value);
	return data;
};
const list = (actor: Actor, buyerId = 0, query = "") =>
	readBooks((tx) => getPriceList(tx, actor, buyerId, new URLSearchParams(query)));
const save = (actor: Actor, values: Record<string, string>, buyerId = 0, now?: number) =>
	savePrice(
		actor,
		buyerId,
		form({ version: String(list(actor, buyerId).version), channel: "sms", price: "0.02", ...values }),
		now,
	);
const forbidden = expect.objectContaining({ status: 403 });

describe("the form of a line", () => {
	it("saves it; the list shows it with the own cost, and what comes next", async () => {
		expect(await save(on.dealer, { country: "Ukraine", price: "0,012" })).toBeUndefined();
		expect(await save(on.dealer, { country: "UA", price: "0.013", when: "date", date: "2099-01-01" }, 0)).toMatchObject(
			{
				status: 422,
			},
		);
		const at = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
		expect(await save(on.dealer, { country: "UA", price: "0.013", when: "date", date: at })).toBeUndefined();
		const { rows } = list(on.dealer);
		expect(rows).toEqual([
			{
				...{ key: "sms.UA.", channel: "sms", country: "UA", kind: "", unitMicros: 12_000, costMicros: 8_000 },
				next: { unitMicros: 13_000, fromUtc: expect.any(Number) },
			},
		]);
		// The beginning of the day on the account's own clock.
		expect(new Date(rows[0]!.next!.fromUtc).toLocaleString("en-GB", { timeZone: "Europe/Kyiv" })).toMatch(
			/, 00:00:00$/,
		);
		expect(list(on.dealer, 0, "line=sms.UA.").chosen).toEqual(rows[0]);
		expect(list(on.dealer, 0, "line=sms.PL.text").chosen).toBeNull();
		expect(readBooks((tx) => getPriceHistory(tx, on.dealer, 0, undefined)).rows).toHaveLength(2);
	});

	it.each([
		[{ price: "-1" }, { price: ["prices:error.amount"] }],
		[{ price: "" }, { price: ["prices:error.amount"] }],
		[{ price: "a lot" }, { price: ["prices:error.amount"] }],
		[{ price: "0.0000001" }, { price: ["prices:error.amount"] }],
		[{ price: "1000001" }, { price: ['prices:error.too_much|{"max":1000000}'] }],
		[{ country: "Narnia" }, { country: ["routing:error.country"] }],
		[{ channel: "pigeon" }, { channel: ["prices:error.channel"] }],
		[{ kind: "song" }, { kind: ["prices:error.kind"] }],
		[{ when: "date" }, { date: ["prices:error.date"] }],
		[{ when: "date", date: "2026-02-30" }, { date: ["prices:error.date"] }],
		[{ when: "date", date: "2026-03-01" }, { date: ["prices:error.past"] }],
		[{ when: "date", date: "2032-03-01" }, { date: ["prices:error.too_far"] }],
	] as const)("%j is refused beside its field, and nothing is saved", async (values, error) => {
		const failed = await save(on.dealer, { ...values }, 0, Date.parse("2026-03-01T12:00:00Z"));
		expect(failed).toMatchObject({ status: 422 });
		expect(failed?.lastResult.error).toEqual(error);
		expect(list(on.dealer).rows).toEqual([]);
	});

	it("asks about a loss, saves when just that is meant, and takes a line back", async () => {
		const failed = await save(on.dealer, { price: "0.009" });
		expect(failed).toMatchObject({ status: 422, losses: { count: 1, isCut: false } });
		expect(failed!.losses!.rows).toEqual([
			{
				...{ sellerId: on.dealer.account.id, sellerName: "dealer", buyerId: 0, buyerName: "", channel: "sms" },
				...{ country: "", kind: "", priceMicros: 9_000, costMicros: 10_000 },
			},
		]);
		expect(await save(on.dealer, { price: "0.009", meant: failed!.losses!.hash })).toBeUndefined();
		const back = await save(on.dealer, { deed: "take_back" });
		expect(back, "nobody below has a price then").toMatchObject({ status: 422, losses: { count: 1 } });
		expect(await save(on.dealer, { deed: "take_back", meant: back!.losses!.hash })).toBeUndefined();
		expect(list(on.dealer).rows).toEqual([]);
	});

	it("of two who save at once the second is told, and its next try counts", async () => {
		await save(on.dealer, { version: "0" });
		const stale = await save(on.dealer, { version: "0", price: "0.03" });
		expect(stale).toMatchObject({ status: 409, version: list(on.dealer).version });
		expect(await save(on.dealer, { version: String(stale!.version), price: "0.03" })).toBeUndefined();
	});

	it("is nobody's who may not see or change prices, and for no account but those directly below", async () => {
		await expect(savePrice(on.client, 0, form({ version: "0", channel: "sms", price: "1" }))).rejects.toEqual(
			forbidden,
		);
		const blind = { ...on.dealer, rights: new Set([...on.dealer.rights].filter((right) => right !== "money.read")) };
		expect(() => list(blind)).toThrow(forbidden);
		for (const stranger of [on.client3, on.dealer2, on.dealer])
			expect(() => list(on.dealer, stranger.account.id)).toThrow(AccountNotFoundError);
		expect(() => list(on.admin, on.client.account.id)).toThrow(AccountNotFoundError);
	});
});

it("a list is read 50 lines a page, by key", async () => {
	await inTx((tx) => {
		for (let i = 0; i < 120; i++) {
			const country = String.fromCharCode(65 + Math.floor(i / 26), 65 + (i % 26));
			addPrice(tx, { accountId: on.dealer.account.id, country, unitMicros: i });
		}
	});
	const seen: string[] = [];
	for (let after: string | null = ""; after !== null; ) {
		const page = list(on.dealer, 0, after && `after=${after}`);
		seen.push(...page.rows.map(({ key }) => key));
		after = page.nextAfter;
	}
	expect(seen).toHaveLength(120);
	expect(seen).toEqual([...new Set(seen)].sort());
});

describe("many lines at once", () => {
	const page = (query: string, actor = on.dealer, buyerId = 0) =>
		getManyPage(actor, buyerId, new URLSearchParams(query));
	const units = (actor: Actor, buyerId = 0) =>
		list(actor, buyerId).rows.map(({ key, unitMicros }) => [key, unitMicros]);

	it("a rise is rounded up, so that it never eats the margin", () => {
		expect([raised(10_001, 1_000), raised(3, 1), raised(10_000, 0), raised(0, 5_000)]).toEqual([11_002, 4, 10_000, 0]);
	});

	it("a percentage over the own cost is of every line of the cost and of the list", async () => {
		await save(on.dealer, { country: "PL", price: "0.05" });
		const query = "how=rise&percent=12,5&channel=&when=now";
		const { preview, version } = await page(query);
		expect(preview).toMatchObject({ count: 3, losses: null });
		const asked = { plan: preview!.hash, version: String(version) };
		expect(await saveMany(on.dealer, 0, new URLSearchParams(query), form({ ...asked, plan: "other" }))).toMatchObject({
			status: 409,
		});
		expect(await saveMany(on.dealer, 0, new URLSearchParams(query), form(asked))).toBeUndefined();
		const expected = [
			["sms..", 11_250],
			["sms.PL.", 11_250],
			["sms.UA.", 9_000],
		];
		expect(units(on.dealer)).toEqual(expected);
		expect(await saveMany(on.dealer, 0, new URLSearchParams(query), form(asked)), "once more").toBeUndefined();
		expect(units(on.dealer)).toEqual(expected);
	});

	it("a copy takes over every line of another list, and asks about losses", async () => {
		await save(on.dealer, { price: "0.02" });
		await save(on.dealer, { country: "UA", price: "0.012" }, on.client.account.id);
		const to = on.client2.account.id;
		expect((await page("how=copy", on.dealer, to)).preview!.rows.map(({ unitMicros }) => unitMicros)).toEqual([20_000]);
		const query = `how=copy&from=${on.client.account.id}`;
		const { preview, version } = await page(query, on.dealer, to);
		const asked = form({ plan: preview!.hash, version: String(version) });
		expect(await saveMany(on.dealer, to, new URLSearchParams(query), asked)).toBeUndefined();
		expect(units(on.dealer, to)).toEqual([["sms.UA.", 12_000]]);
		await inTx((tx) => addPrice(tx, { accountId: 1, country: "UA", unitMicros: 15_000, fromUtc: 2 }));
		const losing = await page("how=copy", on.dealer, to);
		expect(losing.preview!.losses).toBeNull();
		const all = await page(`how=copy&from=${on.client.account.id}`);
		expect(all.preview!.losses!.rows).toMatchObject([{ country: "UA", priceMicros: 12_000, costMicros: 15_000 }]);
		const refused = form({ plan: all.preview!.hash, version: String(all.version) });
		expect(await saveMany(on.dealer, 0, new URLSearchParams(query), refused)).toMatchObject({ status: 422 });
	});

	it.each([
		["how=copy", "prices:error.from"],
		["how=copy&from=nobody", "prices:error.from"],
		["how=copy&from=6", "prices:error.from"],
		["how=copy&from=4", "prices:error.no_lines"],
		["how=rise&percent=5&channel=viber", "prices:error.no_lines"],
	])("%s cannot be done", async (query, issue) => {
		expect(await page(query)).toMatchObject({ issue, preview: null });
	});

	it("are nobody's but the seller's, also where nothing is wished for", async () => {
		const none = new URLSearchParams();
		for (const buyer of [on.client3, on.dealer2, on.dealer]) {
			await expect(saveMany(on.dealer, buyer.account.id, none, form({}))).rejects.toThrow(AccountNotFoundError);
			await expect(page("", on.dealer, buyer.account.id)).rejects.toThrow(AccountNotFoundError);
		}
		const limited = { ...on.dealer, branches: [on.client.account.path] };
		await expect(saveMany(limited, 0, none, form({}))).rejects.toEqual(forbidden);
		await expect(page("", on.client)).rejects.toEqual(forbidden);
	});

	it.each(["how=rise&percent=-5", "how=rise&percent=1.234", "how=rise", "how=magic", "how=rise&percent=1001"])(
		"%s is refused",
		async (query) => {
			expect(await page(query)).toMatchObject({ preview: null, lastResult: { status: "error" } });
		},
	);
});

describe("the own prices", () => {
	it("are what holds for the account, and say nothing of anybody above it", async () => {
		await save(on.dealer, { price: "0.02" });
		await save(on.dealer, { country: "UA", price: "0.012" }, on.client.account.id);
		const sms = (actor: Actor) =>
			readBooks((tx) => getOwnPrices(tx, actor)).channels.find((one) => one.channel === "sms");
		expect(sms(on.client)).toEqual({
			channel: "sms",
			terms: { chargeOn: "accepted", refunds: false },
			lines: [
				{ country: "", kind: "", unitMicros: 20_000 },
				{ country: "UA", kind: "", unitMicros: 12_000 },
			],
		});
		expect(sms(on.client2)!.lines).toEqual([{ country: "", kind: "", unitMicros: 20_000 }]);
		expect(sms(on.client3)!.lines).toEqual([]);
		expect(sms(on.admin)!.lines).toBeNull();
		expect(() => sms({ ...on.client, rights: new Set() })).toThrow(forbidden);
	});
});

describe("when messages are charged", () => {
	const terms = () => readBooks((tx) => getTermsPage(tx, on.admin));
	const chosen = { "viber.on": "accepted", "viber.refunds": "yes", "whatsapp.on": "delivered", "sms.on": "delivered" };

	it("is the admin's to choose, once at a time", async () => {
		const seen = terms().hash;
		expect(await saveTerms(on.admin, form({ ...chosen, "whatsapp.refunds": "yes", seen }))).toBeUndefined();
		expect(terms().terms).toEqual({
			viber: { chargeOn: "accepted", refunds: true },
			whatsapp: { chargeOn: "delivered", refunds: false },
			sms: { chargeOn: "delivered", refunds: false },
		});
		expect(await saveTerms(on.admin, form({ ...chosen, seen })), "the same once more").toBeUndefined();
		expect(await saveTerms(on.admin, form({ ...chosen, "sms.on": "accepted", seen }))).toMatchObject({ status: 409 });
		expect(await saveTerms(on.admin, form({ ...chosen, "sms.on": "never", seen }))).toMatchObject({ status: 422 });
	});

	it("is nobody else's", async () => {
		await expect(saveTerms(on.dealer, form({ ...chosen, seen: terms().hash }))).rejects.toEqual(forbidden);
		expect(() => readBooks((tx) => getTermsPage(tx, on.dealer))).toThrow(forbidden);
	});
});
