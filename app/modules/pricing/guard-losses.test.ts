import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { attachAccount } from "#app/modules/accounts/attach-account.server.ts";
import { getAttachPage } from "#app/modules/accounts/get-attach-page.server.ts";
import { insertAccount } from "#app/modules/accounts/insert-account.server.ts";
import { saveCosts } from "#app/modules/providers/save-costs.server.ts";
import { saveProviderState } from "#app/modules/providers/save-provider-state.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { guardLosses } from "./guard-losses.server.ts";
import { LossesError, StalePricesError } from "./pricing.errors.ts";
import { addPrice } from "./testing/add-price.ts";

testBooks();
let on: Actors;
/** A dealer below `dealer`, with a client of its own. */
let sub: { id: number; client: number };
const idOf = (actor: Actor) => actor.account.id;

beforeEach(async () => {
	on = await makeActors();
	sub = await inTx((tx) => {
		const place = { timeZone: "UTC", country: "UA" };
		const { id } = insertAccount(tx, {
			parentId: idOf(on.dealer),
			kind: "dealer",
			name: "Sub",
			ownerLogin: "",
			...place,
		});
		const made = insertAccount(tx, { parentId: id, kind: "client", name: "Its client", ownerLogin: "", ...place });
		return { id, client: made.id };
	});
});

const sells = (accountId: number, unitMicros: number | null, of: { buyerAccountId?: number; fromUtc?: number } = {}) =>
	inTx((tx) => addPrice(tx, { accountId, unitMicros, ...of }));
const parentOf = (id: number) =>
	readBooks((tx) => tx.sql("SELECT parent_id FROM accounts WHERE id = ?").pluck().get(id));
const audited = (verb: string) =>
	readBooks((tx) => tx.sql<string>("SELECT detail FROM audit WHERE verb = ? ORDER BY id").pluck().all(verb)).map(
		(detail) => JSON.parse(detail as string).atLoss ?? false,
	);

describe("an account that moves to another dealer", () => {
	const move = (id: number, to: Actor, losses?: string) => {
		const version = readBooks((tx) => tx.sql("SELECT version FROM accounts WHERE id = ?").pluck().get(id)) as number;
		return attachAccount(on.admin, id, { target: String(idOf(to)), version, losses });
	};
	const page = (id: number, to: Actor) => getAttachPage(on.admin, id, String(idOf(to)));
	const told = async (id: number, to: Actor) => {
		const { losses } = await page(id, to);
		return (losses?.rows ?? []).map((row) => [row.sellerName, row.buyerName, row.priceMicros, row.costMicros]);
	};

	beforeEach(async () => {
		await sells(idOf(on.admin), 10);
		await sells(idOf(on.dealer), 15);
		await sells(idOf(on.dealer2), 20);
		await sells(sub.id, 18);
	});

	it("would sell below what it pays there: told with names before, asked about, and done when just that is meant", async () => {
		expect(await told(sub.id, on.dealer2)).toEqual([["Sub", "", 18, 20]]);
		await expect(move(sub.id, on.dealer2)).rejects.toThrow(LossesError);
		await expect(move(sub.id, on.dealer2, "of something else")).rejects.toThrow(LossesError);
		expect(parentOf(sub.id)).toBe(idOf(on.dealer));
		const { losses } = await page(sub.id, on.dealer2);
		// Its price for one of its own is news: what was meant before is not enough.
		await sells(sub.id, 17, { buyerAccountId: sub.client });
		await expect(move(sub.id, on.dealer2, losses!.hash)).rejects.toThrow(LossesError);
		expect(await told(sub.id, on.dealer2)).toEqual([
			["Sub", "", 18, 20],
			["Sub", "Its client", 17, 20],
		]);
		const again = await page(sub.id, on.dealer2);
		await move(sub.id, on.dealer2, again.losses!.hash);
		expect(parentOf(sub.id)).toBe(idOf(on.dealer2));
		expect(audited("account.attach").at(0)).toBe(true);
	});

	it("moves without a question where nobody loses, also upwards to the root", async () => {
		expect(await told(sub.id, on.admin)).toEqual([]);
		await move(sub.id, on.admin);
		await move(idOf(on.client3), on.dealer);
		expect([parentOf(sub.id), parentOf(idOf(on.client3))]).toEqual([idOf(on.admin), idOf(on.dealer)]);
		expect(audited("account.attach")).not.toContain(true);
	});

	it("would be sold below the new dealer's cost, by a price from an earlier stay or by its list", async () => {
		await sells(idOf(on.dealer2), 9, { buyerAccountId: idOf(on.client) });
		expect(await told(idOf(on.client), on.dealer2)).toEqual([["dealer2", "client", 9, 10]]);
	});

	it("would have no price there, or a dealer that has none itself; and loses on a later day", async () => {
		const later = Date.now() + 86_400_000;
		await sells(idOf(on.dealer2), 14, { fromUtc: 2 });
		expect(await told(idOf(on.client), on.dealer2)).toEqual([]);
		await sells(idOf(on.dealer2), 30, { fromUtc: later });
		expect(await told(sub.id, on.dealer2)).toEqual([["Sub", "", 18, 30]]);
		await sells(idOf(on.admin), null, { buyerAccountId: idOf(on.dealer2) });
		await sells(idOf(on.admin), null, { fromUtc: 2 });
		expect(await told(idOf(on.client), on.dealer2)).toEqual([["dealer2", "client", 14, null]]);
		await sells(idOf(on.dealer2), null, { fromUtc: 3 });
		expect(await told(idOf(on.client), on.dealer2)).toContainEqual(["dealer2", "client", null, null]);
	});
});

describe("what providers take", () => {
	const form = (fields: Record<string, string>) => {
		const data = new FormData();
		for (const [name, value] of Object.entries(fields)) data.set(name, value);
		return data;
	};
	const provider = (id: number, state: string) =>
		inTx((tx) =>
			tx
				.sql(
					`INSERT INTO providers (id, account_id, name, adapter, channel, state, sealed_settings, bulk_size, connections, created_at_utc)
					 VALUES (?, 1, ?, 'vonage', 'sms', ?, '', 1, 1, 1)`,
				)
				.run(id, `P${id}`, state),
		);
	const costs = (id: number) =>
		readBooks((tx) => tx.sql("SELECT cost_micros FROM provider_costs WHERE provider_id = ?").pluck().all(id));

	beforeEach(async () => {
		await provider(1, "active");
		await provider(2, "disabled");
		await sells(idOf(on.admin), 10_000);
		await sells(idOf(on.admin), 12_000, { buyerAccountId: idOf(on.dealer2) });
	});

	it("more than the root sells for is asked about, and saved when just that is meant", async () => {
		expect(await saveCosts(on.admin, 1, form({ version: "1", costs: "* 0.01" }))).toBeUndefined();
		const failed = await saveCosts(on.admin, 1, form({ version: "2", costs: "* 0.011\nUA 0.013" }));
		expect(failed).toMatchObject({ status: 422, version: 2 });
		expect(failed!.lastResult.initialValue).toMatchObject({ costs: "* 0.011\nUA 0.013" });
		const rows = failed!.losses!.rows.map((row) => [row.buyerName, row.country, row.priceMicros, row.costMicros]);
		expect(rows).toEqual([
			["", "", 10_000, 11_000],
			["", "UA", 10_000, 13_000],
			["dealer2", "UA", 12_000, 13_000],
		]);
		expect(costs(1)).toEqual([10_000]);
		const other = { version: "2", costs: "* 0.012\nUA 0.013", meant: failed!.losses!.hash };
		expect(await saveCosts(on.admin, 1, form(other))).toMatchObject({ status: 422 });
		const meant = { version: "2", costs: "* 0.011\nUA 0.013", meant: failed!.losses!.hash };
		expect(await saveCosts(on.admin, 1, form(meant))).toBeUndefined();
		expect([costs(1).length, audited("provider.costs")]).toEqual([2, [false, true]]);
	});

	it("of one that carries nothing is asked about when it is switched on, and not before", async () => {
		expect(await saveCosts(on.admin, 2, form({ version: "1", costs: "* 0.0115" }))).toBeUndefined();
		const failed = await saveProviderState(on.admin, 2, "active", form({}));
		expect(failed).toMatchObject({ status: 422, losses: { count: 1, rows: [{ costMicros: 11_500 }] } });
		const meant = form({ meant: failed!.losses!.hash });
		expect(await saveProviderState(on.admin, 2, "active", meant)).toBeUndefined();
		expect(await saveProviderState(on.admin, 2, "disabled", form({}))).toBeUndefined();
		expect(audited("provider.state")).toEqual([true, false]);
	});

	it("that nobody knows any more is no loss", async () => {
		await saveCosts(on.admin, 1, form({ version: "1", costs: "* 0.01" }));
		expect(await saveCosts(on.admin, 1, form({ version: "2", costs: "" }))).toBeUndefined();
		expect(costs(1)).toEqual([]);
	});
});

it("what was changed while it was looked who would lose is looked at again, and given up where it never stands still", async () => {
	const none = { losses: [], isCut: false, hash: "" };
	let looks = 0;
	const done: number[] = [];
	const guarded = (changes: number) =>
		guardLosses({
			look: () => "same",
			find: async () => {
				looks++;
				if (looks <= changes) await sells(idOf(on.admin), 10 + looks, { fromUtc: looks });
				return none;
			},
			meant: undefined,
			commit: () => done.push(looks),
		});
	await guarded(2);
	expect(done).toEqual([3]);
	await expect(guarded(99)).rejects.toThrow(StalePricesError);
	expect(done).toHaveLength(1);
});
