import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { campaignTrouble } from "#app/modules/campaigns/campaign-trouble.ts";
import { cancelCampaign } from "#app/modules/campaigns/cancel-campaign.server.ts";
import { resumeCampaign } from "#app/modules/campaigns/resume-campaign.server.ts";
import { startCampaign } from "#app/modules/campaigns/start-campaign.server.ts";
import { beginCampaign } from "#app/modules/messages/begin-campaign.server.ts";
import { addPrice } from "#app/modules/pricing/testing/add-price.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones } from "#db/testing/campaign.ts";
import { balance, deposit, moneyFaults } from "#db/testing/money.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { decideWait } from "./decide-wait.server.ts";
import { getWait, listWaits } from "./get-waits.server.ts";
import { WaitNotFoundError, WaitOverError } from "./limits.errors.ts";

testBooks();
let on: Actors;
let client: Actor;

beforeEach(async () => {
	on = await makeActors();
	client = on.client;
	await inTx((tx) => {
		for (const seller of [on.admin, on.dealer])
			addPrice(tx, { accountId: seller.account.id, channel: "viber", country: "UA", unitMicros: 10 });
		for (const { account } of [on.dealer, client])
			insertUser(tx, { accountId: account.id, login: `o${account.id}`, passwordHash: "", name: "Owner" });
		const sender = "INSERT INTO senders (account_id, channel, name) VALUES (?, 'viber', 'DemoShop')";
		tx.sql(sender).run(client.account.id);
	});
	await deposit(client.account.id, 10_000);
});

async function draft(people: number, startAtUtc: number | null = null): Promise<number> {
	const { campaignId, accountId } = await testCampaign(testPhones(people));
	return inTx((tx) => {
		for (const table of ["contacts", "collections", "collection_countries", "campaigns", "campaign_counters"])
			tx.sql(`UPDATE ${table} SET account_id = ? WHERE account_id = ?`).run(client.account.id, accountId);
		const set = "UPDATE campaigns SET state = 'draft', started_at_utc = NULL, start_at_utc = ? WHERE id = ?";
		tx.sql(set).run(startAtUtc, campaignId);
		return campaignId;
	});
}
const limit = (of: Record<string, number | null>) =>
	inTx((tx) => {
		const columns = Object.keys(of);
		tx.sql("INSERT INTO account_limits (account_id) VALUES (?) ON CONFLICT DO NOTHING").run(client.account.id);
		const set = `UPDATE account_limits SET ${columns.map((one) => `${one} = @${one}`).join()} WHERE account_id = @accountId`;
		tx.sql(set).run({ ...of, accountId: client.account.id });
	});
const campaign = (id: number) =>
	readBooks((tx) =>
		tx
			.sql<{ state: "paused"; cause: string | null; version: number }>(
				"SELECT state, cause, version FROM campaigns WHERE id = ?",
			)
			.get(id),
	)!;
const fresh = { version: 1, state: "draft" } as const;
const held = () => balance(client.account.id).heldMicros;
const begin = (campaignId: number) => beginCampaign({ accountId: client.account.id, campaignId });
const makeDue = (id: number) =>
	inTx((tx) => {
		tx.sql("UPDATE campaigns SET state = 'scheduled', start_at_utc = ? WHERE id = ?").run(Date.now() - 1, id);
	});

describe("the day's spending limit", () => {
	it("holds for twenty at once: just as many as fit begin, the others say what is used and when the next day begins", async () => {
		await limit({ cap_micros: 70 });
		const drafts: number[] = [];
		for (let i = 0; i < 20; i++) drafts.push(await draft(2));
		const ends = await Promise.allSettled(drafts.map((id) => startCampaign(client, id, fresh)));
		expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
		expect(held()).toBe(60);
		const refused = ends.find((end) => end.status === "rejected")!;
		expect(campaignTrouble(refused.reason)).toMatchObject({ status: 422 });
		expect(campaignTrouble(refused.reason).issue).toMatch(
			/^bounds:error.spend_cap\|.*0.00007 EUR.*0.00006 EUR.*0.00002 EUR.* 00:00 \(Europe\/Kyiv\)/,
		);
		expect(moneyFaults()).toEqual([]);
	});

	it("pauses a scheduled one with its cause, which can be resumed when there is room", async () => {
		await limit({ cap_micros: 10 });
		const id = await draft(2);
		await makeDue(id);
		await begin(id);
		expect(campaign(id)).toMatchObject({ state: "paused", cause: "spend_cap" });
		const resume = () => resumeCampaign(client, id, campaign(id));
		await expect(resume()).rejects.toThrow(/spent/);
		await limit({ cap_micros: 20 });
		await resume();
		expect(campaign(id).state).toBe("preparing");
	});
});

describe("the brake on a sudden volume", () => {
	const told = () =>
		readBooks((tx) =>
			tx.sql("SELECT kind FROM notices WHERE account_id = ? ORDER BY id").pluck().all(on.dealer.account.id),
		);

	beforeEach(() => limit({ brake_factor: 2, brake_floor: 3, brake_first_days: 3 }));

	it("pauses what goes beyond, holds nothing, tells the dealer; it goes out when that one releases it", async () => {
		await startCampaign(client, await draft(3), fresh);
		const id = await draft(1);
		await startCampaign(client, id, fresh);
		expect(campaign(id)).toMatchObject({ state: "paused", cause: "volume_brake" });
		expect([held(), told()]).toEqual([30, ["campaign.waits"]]);
		const again = await resumeCampaign(client, id, campaign(id)).catch(campaignTrouble);
		expect(again).toEqual({ issue: "bounds:error.waits", status: 409 });
		expect(readBooks((tx) => listWaits(tx, on.dealer)).rows).toMatchObject([{ people: 1, dayMessages: 3, allowed: 3 }]);
		await decideWait(on.dealer, id, "released");
		await decideWait(on.dealer, id, "released");
		expect(campaign(id).state).toBe("scheduled");
		expect(readBooks((tx) => listWaits(tx, on.dealer)).rows).toEqual([]);
		await begin(id);
		await begin(id);
		expect([campaign(id).state, held()]).toEqual(["preparing", 40]);
		await expect(decideWait(on.dealer, id, "kept")).rejects.toThrow(WaitOverError);
		expect(moneyFaults()).toEqual([]);
	});

	it("stops a scheduled one as well; kept back, its own people cannot send it, on another day either", async () => {
		const id = await draft(4);
		await makeDue(id);
		await begin(id);
		expect(campaign(id)).toMatchObject({ state: "paused", cause: "volume_brake" });
		await decideWait(on.dealer, id, "kept");
		expect(campaign(id)).toMatchObject({ state: "paused", cause: "volume_kept" });
		await limit({ is_brake_off: 1 });
		await expect(resumeCampaign(client, id, campaign(id))).rejects.toMatchObject({ name: "WaitsForDealerError" });
		await decideWait(on.dealer, id, "released");
		await begin(id);
		expect(campaign(id).state).toBe("preparing");
	});

	it("knows what is usual, and lets go on by itself what that covers by then", async () => {
		await inTx((tx) => {
			tx.sql("UPDATE accounts SET created_at_utc = 0 WHERE id = ?").run(client.account.id);
			const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
			tx.sql("INSERT INTO account_days (account_id, day, messages) VALUES (?, ?, 4)").run(client.account.id, day);
		});
		await startCampaign(client, await draft(8), fresh);
		const id = await draft(1);
		await startCampaign(client, id, fresh);
		expect(campaign(id).cause).toBe("volume_brake");
		await limit({ brake_factor: 3 });
		await resumeCampaign(client, id, campaign(id));
		expect(campaign(id).state).toBe("preparing");
	});

	it("is released by nobody but those above, and not when it was cancelled meanwhile", async () => {
		const id = await draft(4);
		await startCampaign(client, id, fresh);
		expect(readBooks((tx) => getWait(tx, on.admin, id)).isWaiting).toBe(true);
		for (const stranger of [on.dealer2, { ...on.dealer, account: client.account, branches: client.branches }]) {
			expect(readBooks((tx) => listWaits(tx, stranger)).rows).toEqual([]);
			expect(() => readBooks((tx) => getWait(tx, stranger, id))).toThrow(WaitNotFoundError);
			await expect(decideWait(stranger, id, "released")).rejects.toThrow(WaitNotFoundError);
		}
		await expect(decideWait(client, id, "released")).rejects.toMatchObject({ status: 403 });
		await cancelCampaign(client, id, campaign(id));
		await expect(decideWait(on.dealer, id, "released")).rejects.toThrow(WaitOverError);
		expect(readBooks((tx) => listWaits(tx, on.dealer)).rows).toEqual([]);
	});
});
