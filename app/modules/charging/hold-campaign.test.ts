import { beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { getCampaignPage } from "#app/modules/campaigns/get-campaign-page.server.ts";
import { startCampaign } from "#app/modules/campaigns/start-campaign.server.ts";
import { beginCampaign } from "#app/modules/messages/begin-campaign.server.ts";
import { closeQueued } from "#app/modules/messages/close-queued.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { addPrice } from "#app/modules/pricing/testing/add-price.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones } from "#db/testing/campaign.ts";
import { balance, deposit, moneyFaults } from "#db/testing/money.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { releaseCharges } from "./release-charges.server.ts";

testBooks();

let actors: Actors;
let client: Actor;
/** A Pole costs the client 5, a Ukrainian 10; its dealer pays 4 and 12. */
const POLES = ["+48500100200", "+48500100201"];
const UKRAINIANS = testPhones(2);
const seen = { version: 1, state: "draft" } as const;

beforeEach(async () => {
	actors = await makeActors();
	client = actors.client;
	const dealerId = actors.dealer.account.id;
	await inTx((tx) => {
		for (const [country, own, below] of [
			["PL", 4, 5],
			["UA", 12, 10],
		] as const) {
			addPrice(tx, { accountId: actors.admin.account.id, channel: "viber", country, unitMicros: own });
			addPrice(tx, { accountId: dealerId, channel: "viber", country, unitMicros: below });
		}
	});
});

/** A draft of the client's, ready to be started. */
async function draft(phones: string[], of: { actor?: Actor; startAtUtc?: number } = {}): Promise<number> {
	const { campaignId, accountId } = await testCampaign(phones);
	const owner = (of.actor ?? client).account.id;
	return inTx((tx) => {
		for (const table of ["contacts", "collections", "collection_countries", "campaigns", "campaign_counters"])
			tx.sql(`UPDATE ${table} SET account_id = ? WHERE account_id = ?`).run(owner, accountId);
		tx.sql("UPDATE campaigns SET state = 'draft', started_at_utc = NULL, start_at_utc = ? WHERE id = ?").run(
			of.startAtUtc ?? null,
			campaignId,
		);
		tx.sql(
			"INSERT INTO senders (account_id, channel, name) VALUES (?, 'viber', 'DemoShop') ON CONFLICT DO NOTHING",
		).run(owner);
		return campaignId;
	});
}

const own = () => balance(client.account.id);
const dealers = () => balance(actors.dealer.account.id);
const campaign = (id: number) =>
	readBooks((tx) =>
		tx.sql<{ state: string; cause: string | null }>("SELECT state, cause FROM campaigns WHERE id = ?").get(id),
	)!;
const pageOf = (id: number, actor: Actor) => readBooks((tx) => getCampaignPage(tx, actor, id));
const transfers = () => readBooks((tx) => tx.sql("SELECT count(*) FROM transfers").pluck().get());

describe("a campaign that is started", () => {
	it("holds what everybody in it can cost, at every tier; exactly what is there passes", async () => {
		await deposit(client.account.id, 30);
		await deposit(actors.dealer.account.id, 4);
		const id = await draft([...POLES, ...UKRAINIANS]);
		await startCampaign(client, id, seen);
		expect([own().availableMicros, own().heldMicros]).toEqual([0, 30]);
		expect([dealers().availableMicros, dealers().heldMicros]).toEqual([0, 4]);
		await freezeAudience({ accountId: client.account.id, campaignId: id });
		expect(moneyFaults()).toEqual([]);
	});

	it("with one micro-unit less is refused, with what is missing, and nothing moves", async () => {
		await deposit(client.account.id, 29);
		await deposit(actors.dealer.account.id, 4);
		const id = await draft([...POLES, ...UKRAINIANS]);
		const before = transfers();
		await expect(startCampaign(client, id, seen)).rejects.toMatchObject({
			name: "BalanceShortError",
			missingMicros: 1,
		});
		expect([campaign(id).state, transfers()]).toEqual(["draft", before]);
	});

	it("goes to as many as the balance covers, the cheapest first, and shows whom it left out", async () => {
		await deposit(client.account.id, 21);
		await deposit(actors.dealer.account.id, 4);
		const id = await draft([...POLES, ...UKRAINIANS]);
		await startCampaign(client, id, seen, { coverOnly: true });
		expect([own().availableMicros, own().heldMicros]).toEqual([1, 20]);
		await freezeAudience({ accountId: client.account.id, campaignId: id });
		const { kept, counted } = recount(id);
		expect(kept).toEqual(counted);
		expect([kept.queued, kept.rejected]).toEqual([3, 1]);
		expect(moneyFaults()).toEqual([]);
	});

	it("to as many as the page said, and to no other number, whatever has come in or gone since", async () => {
		await deposit(client.account.id, 5);
		const id = await draft(POLES);
		for (const coverSeen of [0, 2, Number.NaN])
			await expect(startCampaign(client, id, seen, { coverOnly: true, coverSeen })).rejects.toMatchObject({
				name: "CoverChangedError",
				coveredPeople: 1,
			});
		await deposit(client.account.id, 5);
		const before = transfers();
		await expect(startCampaign(client, id, seen, { coverOnly: true, coverSeen: 1 })).rejects.toMatchObject({
			coveredPeople: 2,
		});
		expect([campaign(id).state, transfers()]).toEqual(["draft", before]);
		await startCampaign(client, id, seen, { coverOnly: true, coverSeen: 2 });
		expect([own().availableMicros, own().heldMicros]).toEqual([0, 10]);
	});

	it("covers nobody: refused also then", async () => {
		await deposit(client.account.id, 4);
		await deposit(actors.dealer.account.id, 4);
		const id = await draft(POLES);
		await expect(startCampaign(client, id, seen, { coverOnly: true })).rejects.toMatchObject({
			name: "BalanceShortError",
			missingMicros: 6,
		});
	});

	it("whose dealer has not got what it loses is refused without a word about it, and the dealer is told, once", async () => {
		await deposit(client.account.id, 100);
		await inTx(
			(tx) =>
				void insertUser(tx, { accountId: actors.dealer.account.id, login: "owner", passwordHash: "", name: "Owner" }),
		);
		const id = await draft(UKRAINIANS);
		const told = () =>
			readBooks((tx) =>
				tx
					.sql<{ account: number; detail: string }>(
						"SELECT account_id AS account, detail FROM notices WHERE kind = 'cover.missing'",
					)
					.all(),
			);
		await expect(startCampaign(client, id, seen)).rejects.toMatchObject({ name: "DealerShortError" });
		await expect(startCampaign(client, id, seen)).rejects.toMatchObject({ name: "DealerShortError" });
		expect(told()).toEqual([
			{ account: actors.dealer.account.id, detail: expect.stringContaining(`"accountId":${client.account.id}`) },
		]);
	});

	it("to a country without a price is refused; the root's own costs nothing", async () => {
		await deposit(client.account.id, 100);
		await expect(startCampaign(client, await draft(["+4915112345678"]), seen)).rejects.toMatchObject({
			name: "PriceMissingError",
			country: "DE",
		});
		const id = await draft(["+4915112345678"], { actor: actors.admin });
		await startCampaign(actors.admin, id, seen);
		await freezeAudience({ accountId: actors.admin.account.id, campaignId: id });
		expect(campaign(id).state).toBe("sending");
		expect(moneyFaults()).toEqual([]);
	});

	it("twenty at once on a balance for one: one begins", async () => {
		await deposit(client.account.id, 10);
		const ids: number[] = [];
		for (let i = 0; i < 20; i++) ids.push(await draft(POLES));
		const ends = await Promise.allSettled(ids.map((id) => startCampaign(client, id, seen)));
		expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
		expect([own().availableMicros, own().heldMicros]).toEqual([0, 10]);
		expect(moneyFaults()).toEqual([]);
	});

	it("keeps its prices and its dealer, whatever is changed while it runs", async () => {
		await deposit(client.account.id, 10);
		const id = await draft(POLES);
		await startCampaign(client, id, seen);
		await inTx((tx) => {
			addPrice(tx, { accountId: actors.dealer.account.id, channel: "viber", country: "PL", unitMicros: 9, fromUtc: 2 });
			tx.sql("UPDATE accounts SET parent_id = 1, path = '/1/' || id || '/' WHERE id = ?").run(client.account.id);
		});
		const of = { accountId: client.account.id, campaignId: id };
		await freezeAudience(of);
		const { applyChanges } = await import("#app/modules/messages/apply-changes.server.ts");
		const first = readBooks((tx) =>
			tx.sql<{ id: number }>("SELECT first_message_id AS id FROM campaigns WHERE id = ?").get(id),
		)!;
		const news = { attempt: 0, to: MESSAGE_STATE.delivered, cause: null, at: 1 };
		await inTx((tx) => void applyChanges(tx, [{ ...news, messageId: first.id }]));
		// Again, and once more in another transaction: charged once.
		await inTx((tx) => void applyChanges(tx, [{ ...news, messageId: first.id }]));
		expect([own().heldMicros, dealers().availableMicros]).toEqual([5, 1]);
		expect(moneyFaults()).toEqual([]);
	});

	it("by who owes is refused", async () => {
		await deposit(client.account.id, 10);
		const id = await draft(POLES);
		await inTx((tx) => {
			tx.sql("INSERT INTO ledger_books (account_id, kind) VALUES (?, 'owed') ON CONFLICT DO NOTHING").run(
				client.account.id,
			);
		});
		const { postTransfer } = await import("#app/modules/ledger/post-transfer.server.ts");
		await inTx((tx) => {
			const accountId = client.account.id;
			const parts = [
				{ accountId, book: "available", amountMicros: -10 } as const,
				{ accountId, book: "owed", amountMicros: -1 } as const,
				{ accountId: 1, book: "available", amountMicros: 11 } as const,
			];
			postTransfer(tx, { opId: "late", input: 0, kind: "capture", accountId, by: null, parts });
		});
		await expect(startCampaign(client, id, seen)).rejects.toMatchObject({ name: "OwingError" });
	});
});

describe("what was held", () => {
	it("for people who were not frozen comes back when the campaign is cancelled", async () => {
		await deposit(client.account.id, 10);
		const id = await draft(POLES);
		await startCampaign(client, id, seen);
		await inTx((tx) => tx.sql("UPDATE campaigns SET state = 'cancelled' WHERE id = ?").run(id));
		const of = { accountId: client.account.id, campaignId: id };
		await closeQueued(of, { while: "cancelled", to: MESSAGE_STATE.cancelled, cause: null });
		await releaseCharges(of);
		await releaseCharges(of);
		expect([own().availableMicros, own().heldMicros]).toEqual([10, 0]);
		expect(moneyFaults()).toEqual([]);
	});

	it("for people who are on a stop list, or have gone from the collection, comes back when the audience is frozen", async () => {
		await deposit(client.account.id, 20);
		const id = await draft([...POLES, "+48500100202", "+48500100203"]);
		await startCampaign(client, id, seen);
		await inTx((tx) => {
			tx.sql(
				"INSERT INTO stops (account_id, recipient, channel, sender, cause, created_at_utc) VALUES (?, ?, '', '', 6, 1)",
			).run(client.account.id, POLES[0]);
			tx.sql("DELETE FROM contacts WHERE phone = '+48500100203'").run();
		});
		await freezeAudience({ accountId: client.account.id, campaignId: id });
		expect([own().availableMicros, own().heldMicros]).toEqual([10, 10]);
		expect(moneyFaults()).toEqual([]);
	});
});

describe("a scheduled campaign whose moment has come", () => {
	it("waits for money, says so, and begins when there is some and it is resumed", async () => {
		const { resumeCampaign } = await import("#app/modules/campaigns/resume-campaign.server.ts");
		const id = await draft(POLES, { startAtUtc: Date.now() + 3_600_000 });
		await startCampaign(client, id, seen);
		await inTx((tx) => tx.sql("UPDATE campaigns SET start_at_utc = 1 WHERE id = ?").run(id));
		const of = { accountId: client.account.id, campaignId: id };
		await beginCampaign(of);
		expect(campaign(id)).toEqual({ state: "paused", cause: "balance_short" });
		const now = { version: 3, state: "paused" } as const;
		await expect(resumeCampaign(client, id, now)).rejects.toMatchObject({
			name: "BalanceShortError",
			missingMicros: 10,
		});
		expect(pageOf(id, client).shortage).toMatchObject({ missingMicros: 10, coveredPeople: 0 });
		await deposit(client.account.id, 5);
		expect(pageOf(id, client).shortage).toMatchObject({ missingMicros: 5, coveredPeople: 1, people: 2 });
		expect(pageOf(id, actors.dealer).shortage, "not the dealer's to resume").toBeNull();
		await expect(resumeCampaign(client, id, now, { coverOnly: true, coverSeen: 2 })).rejects.toMatchObject({
			name: "CoverChangedError",
		});
		await expect(resumeCampaign(client, id, { ...now, version: 2 }, { coverOnly: true })).rejects.toMatchObject({
			name: "StaleCampaignError",
		});
		await resumeCampaign(client, id, now, { coverOnly: true, coverSeen: 1 });
		expect([campaign(id).state, own().heldMicros]).toEqual(["preparing", 5]);
		expect(pageOf(id, client).shortage).toBeNull();
	});
});
