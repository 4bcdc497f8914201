import { readdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { postTransfer } from "#app/modules/ledger/post-transfer.server.ts";
import { prove } from "#app/modules/proof/prove.server.ts";
import { writeConnection } from "#db/client.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign } from "#db/testing/campaign.ts";
import { deposit, priceCampaign } from "#db/testing/money.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { CHARGE, type Charge } from "./charge.ts";
import { ChargeDeltas } from "./charge-deltas.server.ts";

testBooks();

let on: Actors;
let of: { accountId: number; campaignId: number };

beforeEach(async () => {
	on = await makeActors();
	of = await clientsCampaign(on.client.account.id);
	await deposit(on.client.account.id, 10_000);
	await deposit(on.dealer.account.id, 10_000);
});
// A fee that is posted by hand belongs to none that was set, which is another part of the proof.
afterEach(async () => expect((await prove()).found.filter(({ kind }) => kind !== "fee")).toEqual([]));

async function clientsCampaign(accountId: number, isOfTwo = false) {
	const { campaignId } = await testCampaign([]);
	await inTx((tx) => {
		tx.sql("UPDATE campaigns SET account_id = ? WHERE id = ?").run(accountId, campaignId);
		if (isOfTwo)
			tx.sql(
				`INSERT INTO campaigns (account_id, user_id, name, channel, sender, text, collection_id, state, form_key, created_at_utc, fallback_of)
				 SELECT account_id, user_id, name, 'sms', sender, text, collection_id, state, form_key || '-2', created_at_utc, id FROM campaigns WHERE id = ?`,
			).run(campaignId);
	});
	return { accountId, campaignId };
}

const tiers = (client: number, dealer: number) => [
	{ accountId: on.client.account.id, unitMicros: client },
	{ accountId: on.dealer.account.id, unitMicros: dealer },
];

/** As an applied batch does it: `count` messages of class 1 from one state of charge to another. */
const move = (from: Charge, to: Charge, count: number, at = of) =>
	inTx((tx) => {
		const deltas = new ChargeDeltas(tx);
		deltas.add(at, { priceClass: 1, providerId: null, from: CHARGE[from], to: CHARGE[to], count });
		deltas.write();
	});

const rows = (accountId: number) =>
	readBooks((tx) =>
		tx
			.sql(
				`SELECT child_id, channel || country || kind AS what, messages, revenue_micros, cost_micros FROM money_days
				  WHERE account_id = ? ORDER BY child_id, what`,
			)
			.raw()
			.all(accountId),
	);

describe("day totals", () => {
	it("have for every tier what it got and paid, by who paid it and over all", async () => {
		await priceCampaign(of, { chargeOn: "accepted", refunds: true }, [{ tiers: tiers(10, 4), quantity: 8 }]);
		expect(rows(on.client.account.id)).toEqual([]);
		await move("held", "captured", 5);
		await move("held", "captured", 2);
		await move("captured", "refunded", 1);
		await move("held", "released", 1);
		const { client, dealer, admin } = on;
		expect(rows(client.account.id)).toEqual([
			[0, "viber", 6, 0, 60],
			[client.account.id, "viberUAtext", 6, 0, 60],
		]);
		expect(rows(dealer.account.id)).toEqual([
			[0, "viber", 6, 60, 24],
			[client.account.id, "viberUAtext", 6, 60, 24],
		]);
		expect(rows(admin.account.id)).toEqual([
			[0, "viber", 6, 24, 0],
			[dealer.account.id, "viberUAtext", 6, 24, 0],
		]);
		expect(rows(on.dealer2.account.id)).toEqual([]);
	});

	it("know a dealer that sells at its own cost, and one that sells below it", async () => {
		await priceCampaign(of, { chargeOn: "delivered", refunds: false }, [{ tiers: tiers(4, 4), quantity: 2 }]);
		await move("held", "captured", 2);
		const below = await clientsCampaign(on.client.account.id);
		await priceCampaign(below, { chargeOn: "delivered", refunds: false }, [{ tiers: tiers(3, 4), quantity: 1 }]);
		await move("held", "captured", 1, below);
		expect(rows(on.dealer.account.id)[0]).toEqual([0, "viber", 3, 11, 12]);
	});

	it("count a second leg under its own channel", async () => {
		const two = await clientsCampaign(on.client.account.id, true);
		await priceCampaign(two, { chargeOn: "delivered", refunds: false }, [
			{ tiers: tiers(10, 4), secondTiers: tiers(7, 5), quantity: 3 },
		]);
		await move("held", "captured", 1, two);
		await move("held", "captured_second", 2, two);
		expect(rows(on.dealer.account.id).slice(0, 2)).toEqual([
			[0, "sms", 2, 14, 10],
			[0, "viber", 1, 10, 4],
		]);
	});

	it("stay with the dealer who earned it when the client is moved away", async () => {
		await priceCampaign(of, { chargeOn: "delivered", refunds: false }, [{ tiers: tiers(10, 4), quantity: 2 }]);
		await move("held", "captured", 1);
		const { path } = on.dealer2.account;
		await inTx((tx) =>
			tx
				.sql("UPDATE accounts SET parent_id = ?, path = ? || id || '/' WHERE id = ?")
				.run(on.dealer2.account.id, path, on.client.account.id),
		);
		await move("held", "captured", 1);
		expect(rows(on.dealer.account.id)[0]).toEqual([0, "viber", 2, 20, 8]);
		expect(rows(on.dealer2.account.id)).toEqual([]);
	});

	it("have fees apart: of no channel, as revenue of who takes it", async () => {
		const { client, dealer, admin } = on;
		await inTx((tx) => {
			postTransfer(tx, {
				...{ opId: "fee:1", input: {}, kind: "fee", accountId: client.account.id, by: null },
				parts: [
					{ accountId: client.account.id, book: "available", amountMicros: -30 },
					{ accountId: client.account.id, book: "owed", amountMicros: -5 },
					{ accountId: dealer.account.id, book: "available", amountMicros: 15 },
					{ accountId: admin.account.id, book: "available", amountMicros: 20 },
				],
			});
		});
		expect(rows(client.account.id).at(-1)).toEqual([client.account.id, "fee", 0, 0, 35]);
		expect(rows(dealer.account.id)).toEqual([
			[0, "", 0, 35, 20],
			[client.account.id, "fee", 0, 35, 20],
		]);
		expect(rows(admin.account.id).at(-1)).toEqual([dealer.account.id, "fee", 0, 20, 0]);
	});

	it("of before there were any are filled in from the transfers, as they would have been counted", async () => {
		const two = await clientsCampaign(on.client.account.id, true);
		await priceCampaign(two, { chargeOn: "delivered", refunds: false }, [
			{ tiers: tiers(10, 4), secondTiers: tiers(7, 5), quantity: 3 },
		]);
		await priceCampaign(of, { chargeOn: "accepted", refunds: true }, [{ tiers: tiers(10, 4), quantity: 2 }]);
		await move("held", "captured", 1, two);
		await move("held", "captured_second", 2, two);
		await move("held", "captured", 2);
		await move("captured", "refunded", 1);
		const all = () => readBooks((tx) => tx.sql("SELECT * FROM money_days").raw().all());
		const counted = all();
		const { raw } = writeConnection();
		raw.exec("DROP TRIGGER transfers_never_change; UPDATE transfers SET second_leg = NULL; DELETE FROM money_days");
		const folder = new URL("../../../db/migrations/", import.meta.url);
		const migration = readdirSync(folder).find((name) => name.endsWith("_day_totals.sql"))!;
		const fill = readFileSync(new URL(migration, folder), "utf8").split("--> statement-breakpoint").at(-1)!;
		raw.exec(fill);
		expect(all()).toEqual(counted);
	});
});

describe("the proof", () => {
	it.each([
		["messages = messages + 1", "day_messages"],
		["revenue_micros = revenue_micros - 1", "day_revenue"],
		["cost_micros = 0", "day_cost"],
	])("finds day totals of which %s", async (change, kind) => {
		await priceCampaign(of, { chargeOn: "delivered", refunds: false }, [{ tiers: tiers(10, 4), quantity: 2 }]);
		await move("held", "captured", 2);
		const { raw } = writeConnection();
		const kept = raw.prepare("SELECT * FROM money_days").raw().all() as unknown[][];
		raw.exec(`UPDATE money_days SET ${change} WHERE account_id = ${on.dealer.account.id} AND child_id = 0`);
		expect((await prove()).found).toMatchObject([{ kind, id: on.dealer.account.id }]);
		raw.exec("DELETE FROM money_days");
		expect((await prove()).differences).toBeGreaterThan(0);
		const put = raw.prepare(`INSERT INTO money_days VALUES (${kept[0]!.map(() => "?")})`);
		for (const row of kept) put.run(row);
	});
});
