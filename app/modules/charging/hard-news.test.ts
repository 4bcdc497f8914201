import { beforeEach, describe, expect, it } from "vitest";
import { CAUSES } from "#app/channels/causes.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { attachAccount } from "#app/modules/accounts/attach-account.server.ts";
import { startCampaign } from "#app/modules/campaigns/start-campaign.server.ts";
import { applyChanges } from "#app/modules/messages/apply-changes.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { takeBack } from "#app/modules/money/take-back.server.ts";
import { topUpAccount } from "#app/modules/money/top-up-account.server.ts";
import { addPrice } from "#app/modules/pricing/testing/add-price.ts";
import { prove } from "#app/modules/proof/prove.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones } from "#db/testing/campaign.ts";
import { balance, deposit, moneyFaults } from "#db/testing/money.ts";
import { inTx, readBooks } from "#db/tx.ts";

testBooks();

const PEOPLE = 3;
/** What a message costs the client, and what of it its dealer pays for it. */
const PRICE = 10;
const COST = 7;

let on: Actors;
let first: number;

/** The client's campaign to three people, exactly covered, all of it handed over. */
async function begin(terms: { chargeOn: "accepted" | "delivered"; refunds: boolean }): Promise<void> {
	on = await makeActors();
	const owner = on.client.account.id;
	const { campaignId, accountId } = await testCampaign(testPhones(PEOPLE));
	await inTx((tx) => {
		for (const table of ["contacts", "collections", "collection_countries", "campaigns", "campaign_counters"])
			tx.sql(`UPDATE ${table} SET account_id = ? WHERE account_id = ?`).run(owner, accountId);
		tx.sql("UPDATE campaigns SET state = 'draft', started_at_utc = NULL WHERE id = ?").run(campaignId);
		tx.sql("INSERT INTO senders (account_id, channel, name) VALUES (?, 'viber', 'DemoShop')").run(owner);
		tx.sql("INSERT INTO charge_terms (channel, account_id, charge_on, refunds) VALUES ('viber', 1, ?, ?)").run(
			terms.chargeOn,
			terms.refunds ? 1 : 0,
		);
		for (const seller of [on.dealer, on.dealer2])
			addPrice(tx, { accountId: seller.account.id, channel: "viber", unitMicros: PRICE });
		addPrice(tx, { accountId: on.admin.account.id, channel: "viber", unitMicros: COST });
	});
	await deposit(owner, PRICE * PEOPLE);
	await startCampaign(on.client, campaignId, { version: 1, state: "draft" });
	await freezeAudience({ accountId: owner, campaignId });
	first = readBooks(
		(tx) => tx.sql<{ id: number }>("SELECT first_message_id AS id FROM campaigns WHERE id = ?").get(campaignId)!.id,
	);
	await hear("handed_over", [0, 1, 2]);
}

const change = (at: number, to: keyof typeof MESSAGE_STATE) => ({
	...{ messageId: first + at, attempt: 0, to: MESSAGE_STATE[to], at: 1 },
	cause: to === "failed" ? CAUSES.unreachable : null,
});
const hear = (to: keyof typeof MESSAGE_STATE, people: number[]) =>
	inTx(
		(tx) =>
			void applyChanges(
				tx,
				people.map((at) => change(at, to)),
			),
	);

/** Messages that are paid for at every tier, in step: so many charged, so many for which the money is set aside. */
async function expectTiers(charged: number, held: number, owed = 0): Promise<void> {
	const { availableMicros, heldMicros, owedMicros } = balance(on.client.account.id);
	expect({ available: availableMicros, held: heldMicros, owed: owedMicros }).toEqual({
		available: PRICE * (PEOPLE - charged - held) + owed,
		held: PRICE * held,
		owed,
	});
	expect(balance(on.dealer.account.id).availableMicros).toBe((PRICE - COST) * charged);
	expect(balance(on.admin.account.id).availableMicros).toBe(COST * charged);
	expect(moneyFaults()).toEqual([]);
	expect((await prove()).found).toEqual([]);
}

describe("charged when it is delivered", () => {
	beforeEach(() => begin({ chargeOn: "delivered", refunds: false }));

	it("a transaction that dies behind the charge leaves nothing of it; the receipt again charges once", async () => {
		await expect(
			inTx((tx) => {
				applyChanges(tx, [change(0, "delivered")]);
				throw new Error("killed");
			}),
		).rejects.toThrow("killed");
		await expectTiers(0, 3);
		await hear("delivered", [0]);
		await expectTiers(1, 2);
		await hear("delivered", [0]);
		await hear("read", [0]);
		await expectTiers(1, 2);
	});

	it("a receipt that comes late, after the money was given back and spent, charges once, and the rest is owed until money comes in", async () => {
		await hear("failed", [0, 1, 2]);
		await expectTiers(0, 0);
		const dealerHad = balance(on.dealer.account.id).availableMicros;
		const form = (amountMicros: number, formKey: string) => ({ amountMicros, formKey, note: "" });
		await takeBack(on.dealer, on.client.account.id, form(PRICE * PEOPLE - 4, "take"));
		await hear("delivered", [1]);
		await hear("delivered", [1]);
		expect(balance(on.client.account.id)).toMatchObject({ availableMicros: 0, owedMicros: PRICE - 4 });
		expect(balance(on.admin.account.id).availableMicros).toBe(COST);
		await topUpAccount(on.dealer, on.client.account.id, form(PRICE * PEOPLE - 4, "back"));
		expect(balance(on.dealer.account.id).availableMicros).toBe(dealerHad + PRICE - COST);
		await expectTiers(1, 0);
	});
});

describe("charged when it is taken, given back when it does not arrive", () => {
	beforeEach(() => begin({ chargeOn: "accepted", refunds: true }));

	it("a refund, told twice, is one; a delivery after it charges again, once", async () => {
		await expectTiers(3, 0);
		await hear("failed", [0, 1]);
		await hear("failed", [1]);
		await expectTiers(1, 0);
		await hear("delivered", [1]);
		await hear("delivered", [0, 1, 2]);
		await hear("failed", [0, 1, 2]);
		await expectTiers(3, 0);
	});
});

describe("a client that is moved to another dealer while its campaign runs", () => {
	it("pays whom it paid when that began; the new dealer neither earns nor pays", async () => {
		await begin({ chargeOn: "delivered", refunds: false });
		await hear("delivered", [0]);
		await attachAccount(on.admin, on.client.account.id, { target: String(on.dealer2.account.id), version: 1 });
		await inTx((tx) =>
			addPrice(tx, { accountId: on.dealer2.account.id, channel: "viber", unitMicros: 99, fromUtc: 2 }),
		);
		await hear("delivered", [1]);
		await hear("failed", [2]);
		await hear("delivered", [2]);
		await expectTiers(3, 0);
		expect(balance(on.dealer2.account.id)).toMatchObject({ availableMicros: 0, heldMicros: 0, owedMicros: 0 });
	});
});
