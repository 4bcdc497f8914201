import { beforeEach, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { applyChanges } from "#app/modules/messages/apply-changes.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones } from "#db/testing/campaign.ts";
import { deposit, priceCampaign } from "#db/testing/money.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { getCampaignMoney } from "./get-campaign-money.server.ts";
import { getMessageCharge } from "./get-message-charge.server.ts";

testBooks();

let actors: Actors;
let of: TestTenant;
let first: number;

beforeEach(async () => {
	actors = await makeActors();
	const { campaignId, accountId } = await testCampaign(testPhones(4));
	of = { campaignId, accountId: actors.client.account.id };
	await inTx((tx) => {
		for (const table of ["contacts", "collections", "collection_countries", "campaigns", "campaign_counters"])
			tx.sql(`UPDATE ${table} SET account_id = ? WHERE account_id = ?`).run(of.accountId, accountId);
		tx.sql("INSERT INTO provider_costs (account_id, provider_id, cost_micros) VALUES (1, 9, 2)").run();
	});
	await deposit(of.accountId, 40);
	const tiers = [
		{ accountId: of.accountId, unitMicros: 10 },
		{ accountId: actors.dealer.account.id, unitMicros: 6 },
	];
	await priceCampaign(of, { chargeOn: "delivered", refunds: false }, [{ tiers, quantity: 4 }]);
	await freezeAudience(of);
	const row = readBooks((tx) =>
		tx.sql<{ id: number }>("SELECT first_message_id AS id FROM campaigns WHERE id = ?").get(campaignId),
	)!;
	first = row.id;
	await inTx((tx) => {
		tx.sql("UPDATE message_states SET provider_id = 9").run();
		const news = { attempt: 0, at: 1 };
		applyChanges(tx, [
			{ ...news, messageId: first, to: MESSAGE_STATE.delivered, cause: null },
			{ ...news, messageId: first + 1, to: MESSAGE_STATE.delivered, cause: null },
			{ ...news, messageId: first + 2, to: MESSAGE_STATE.failed, cause: 5 },
		]);
	});
});

const seenBy = (who: keyof Actors) =>
	readBooks((tx) => getCampaignMoney(tx, actors[who], { id: of.campaignId, accountId: of.accountId }));
const messageSeenBy = (who: keyof Actors, at: number) =>
	readBooks((tx) => getMessageCharge(tx, actors[who], { id: of.campaignId, accountId: of.accountId }, first + at));

it("each tier sees what it is paid and what it pays; nobody sees above, and who had no part sees nothing", () => {
	expect(seenBy("client")).toMatchObject({
		...{ isSender: true, heldMicros: 10, chargedMicros: 20, backMicros: 10, costMicros: null },
	});
	expect(seenBy("dealer")).toMatchObject({
		...{ isSender: false, heldMicros: 10, chargedMicros: 20, backMicros: 10, costMicros: 12 },
	});
	expect(seenBy("admin")).toMatchObject({
		...{ isSender: false, heldMicros: 6, chargedMicros: 12, backMicros: 6, costMicros: 4 },
	});
	expect([seenBy("dealer2"), seenBy("client3")]).toEqual([null, null]);
});

it("the same of one message", () => {
	expect(messageSeenBy("client", 0)).toMatchObject({ charge: "captured", priceMicros: 10, ownMicros: null });
	expect(messageSeenBy("client", 2)).toMatchObject({ charge: "released", priceMicros: 10 });
	expect(messageSeenBy("dealer", 3)).toMatchObject({ charge: "held", priceMicros: 10, ownMicros: 6 });
	expect(messageSeenBy("admin", 0)).toMatchObject({ charge: "captured", priceMicros: 6, ownMicros: null });
	expect(messageSeenBy("dealer2", 0)).toBeNull();
});

it("nobody sees it without the right to see money", () => {
	const without = { ...actors.client, isOwner: false, rights: new Set(["campaigns.read"]) } as never;
	const campaign = { id: of.campaignId, accountId: of.accountId };
	expect(readBooks((tx) => getCampaignMoney(tx, without, campaign))).toBeNull();
	expect(readBooks((tx) => getMessageCharge(tx, without, campaign, first))).toBeNull();
});
