import { beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { getCampaign, listCampaigns } from "#app/modules/campaigns/campaign.queries.server.ts";
import { cancelCampaign } from "#app/modules/campaigns/cancel-campaign.server.ts";
import { draftAsForm } from "#app/modules/campaigns/draft-as-form.server.ts";
import { getCampaignPage } from "#app/modules/campaigns/get-campaign-page.server.ts";
import { getReview } from "#app/modules/campaigns/get-review.server.ts";
import { liveMark } from "#app/modules/campaigns/live-mark.ts";
import { saveDraft } from "#app/modules/campaigns/save-draft.server.ts";
import { type FailedForm, saveNewCampaign } from "#app/modules/campaigns/save-new-campaign.server.ts";
import { startCampaign } from "#app/modules/campaigns/start-campaign.server.ts";
import { dropDraftsSlice } from "#app/modules/closing/wipe-campaigns.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { testProvider } from "#db/testing/campaign.ts";
import { sellForNothing } from "#db/testing/money.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { FALLBACK_STANDARD } from "./fallback-fields.ts";

await testWire();
testBooks();

let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
	await sellForNothing();
	await testProvider("http://127.0.0.1:9");
	await inTx((tx) => {
		tx.sql(
			`INSERT INTO providers (account_id, name, adapter, channel, state, sealed_settings, bulk_size, connections, created_at_utc)
			 VALUES (1, 'SMS', 'twilio', 'sms', 'active', '', 1, 1, 0)`,
		).run();
		const add = tx.sql("INSERT INTO senders (account_id, channel, name) VALUES (?, ?, ?)");
		add.run(actors.admin.account.id, "viber", "DemoShop");
		add.run(actors.admin.account.id, "sms", "Shop");
		add.run(actors.client3.account.id, "sms", "Foreign");
	});
});

const plain = { formKey: "k", name: "", sender: "viber:DemoShop", text: "Hello", when: "now", paste: "0671111111" };
const good = { ...FALLBACK_STANDARD, ...plain, fallback: "sms:Shop", fallbackText: "Hello by SMS" };

const save = (change: Record<string, string> = {}) =>
	saveNewCampaign(actors.client, { fields: { ...good, ...change } });
async function made(change: Record<string, string> = {}): Promise<number> {
	return ((await save(change)) as { campaignId: number }).campaignId;
}
const fallbackOf = (id: number) => readBooks((tx) => getReview(tx, actors.client, id, { line: 0, cell: 0 })).fallback;
const rows = (table: "campaigns" | "campaign_counters" | "fallbacks") =>
	readBooks((tx) => tx.sql(`SELECT count(*) FROM ${table}`).pluck().get());

describe("a campaign's second leg", () => {
	it("is made with its draft, shown in its review, and is no campaign of its own to anybody", async () => {
		const id = await made({ fallbackByTime: "1" });
		const second = fallbackOf(id);
		expect(second).toMatchObject({
			channel: "sms",
			sender: "Shop",
			text: "Hello by SMS",
			afterSeconds: 7_200,
			reasons: ["not_on_channel", "failed", "expired", "rejected"],
		});
		for (const actor of [actors.client, actors.admin, actors.client3])
			expect(() => readBooks((tx) => getCampaign(tx, actor, second!.id))).toThrow(
				expect.objectContaining({ name: "CampaignNotFoundError" }),
			);
		const listed = readBooks((tx) => listCampaigns(tx, actors.client, {})).campaigns;
		expect(listed).toMatchObject([{ id, secondChannel: "sms", secondReached: 0 }]);
		const seen = { version: 1, state: "draft" } as const;
		await expect(cancelCampaign(actors.client, second!.id, seen)).rejects.toMatchObject({
			name: "CampaignNotFoundError",
		});
	});

	it("goes back into the form as it was typed, can be changed, taken away, and added again", async () => {
		const id = await made({ fallbackByTime: "1", fallbackAfter: "90", fallbackUnit: "minutes", fallbackFailed: "" });
		const { seen, values } = await draftAsForm(actors.client, id);
		const { fallbackFailed: _, ...ticked } = good;
		const typed = { ...ticked, fallbackByTime: "1", fallbackAfter: "90", fallbackUnit: "minutes" };
		const { formKey: __, ...shown } = typed;
		expect(values).toEqual({ ...shown, name: "Hello" });
		expect(await saveDraft(actors.client, id, { fields: { ...typed, fallbackText: "Other" } }, seen)).toBeUndefined();
		expect(fallbackOf(id)).toMatchObject({ text: "Other", afterSeconds: 5_400 });
		const next = { version: 2, state: "draft" } as const;
		expect(await saveDraft(actors.client, id, { fields: { ...typed, fallback: "" } }, next)).toBeUndefined();
		expect(fallbackOf(id)).toBeNull();
		expect([rows("campaigns"), rows("campaign_counters"), rows("fallbacks")]).toEqual([1, 1, 0]);
		const again = { version: 3, state: "draft" } as const;
		expect(await saveDraft(actors.client, id, { fields: typed }, again)).toBeUndefined();
		expect(fallbackOf(id)).toMatchObject({ sender: "Shop" });
	});

	it("starts, stops and is thrown away with the first", async () => {
		const id = await made();
		await startCampaign(actors.client, id, { version: 1, state: "draft" });
		const states = () => readBooks((tx) => tx.sql("SELECT state FROM campaigns ORDER BY id").pluck().all());
		expect(states()).toEqual(["preparing", "preparing"]);
		await cancelCampaign(actors.client, id, { version: 2, state: "preparing" });
		expect(states()).toEqual(["cancelled", "cancelled"]);
		await made({ formKey: "other" });
		await inTx((tx) => void dropDraftsSlice(tx, actors.client.account.id));
		expect([rows("campaigns"), rows("campaign_counters"), rows("fallbacks")]).toEqual([2, 2, 1]);
	});

	it("is not started under a name that was taken away meanwhile", async () => {
		const id = await made();
		await inTx((tx) => void tx.sql("DELETE FROM senders WHERE name = 'Shop'").run());
		await expect(startCampaign(actors.client, id, { version: 1, state: "draft" })).rejects.toMatchObject({
			name: "SenderNotAllowedError",
		});
	});

	it("shows its figures beside the first's, and people once who got both", async () => {
		const id = await made();
		const second = fallbackOf(id)!.id;
		await inTx((tx) => {
			tx.sql("UPDATE campaign_counters SET delivered = 7, read = 2 WHERE campaign_id = ?").run(id);
			tx.sql("UPDATE campaign_counters SET delivered = 3, failed = 1 WHERE campaign_id = ?").run(second);
			tx.sql("UPDATE fallbacks SET late = 2, both = 1 WHERE campaign_id = ?").run(id);
		});
		const page = readBooks((tx) => getCampaignPage(tx, actors.client, id));
		expect(page.fallback).toMatchObject({ late: 2, both: 1, cause: null, funnel: { delivered: 3, lost: 1 } });
		await inTx((tx) => void tx.sql("UPDATE campaigns SET cause = 'providers_resting' WHERE id = ?").run(second));
		const waiting = readBooks((tx) => getCampaignPage(tx, actors.client, id));
		expect([waiting.campaign.cause, waiting.fallback!.cause], "of the second leg alone").toEqual([
			null,
			"providers_resting",
		]);
		expect(liveMark(waiting.campaign, waiting.fallback)).not.toBe(liveMark(page.campaign, page.fallback));
		expect(readBooks((tx) => listCampaigns(tx, actors.client, {})).campaigns).toMatchObject([{ secondReached: 2 }]);
	});
});

describe("says what is wrong beside its field, and makes nothing", () => {
	it.each([
		[{ fallbackText: " " }, { fallbackText: "campaigns:error.text_missing" }],
		[{ fallbackText: "a".repeat(1_601) }, { fallbackText: "campaigns:error.text_too_long" }],
		[{ fallback: "whatsapp:Shop" }, { fallback: "fallback:error.channel_closed" }],
		[{ fallback: "viber:DemoShop" }, { fallback: "fallback:error.sender_missing" }],
		[{ sender: "sms:Shop" }, { fallback: "fallback:error.same_channel" }],
		[{ fallback: "sms:Foreign" }, { fallback: "campaigns:error.sender_not_allowed" }],
		[{ fallbackByTime: "1", fallbackAfter: "25" }, { fallbackAfter: "fallback:error.after" }],
		[{ fallbackByTime: "1", fallbackAfter: "0" }, { fallbackAfter: "fallback:error.after" }],
		[{ fallbackByTime: "1", fallbackAfter: "two" }, { fallbackAfter: "fallback:error.after" }],
		[
			{ fallbackNotOnChannel: "", fallbackFailed: "", fallbackExpired: "", fallbackRejected: "", fallbackText: "" },
			{ fallbackWhen: "fallback:error.never", fallbackText: "campaigns:error.text_missing" },
		],
	])("%#", async (change, expected) => {
		const { errors } = (await save(change)) as FailedForm;
		expect(Object.fromEntries(Object.entries(errors).map(([field, [one]]) => [field, one?.split("|")[0]]))).toEqual(
			expected,
		);
		expect(rows("campaigns")).toBe(0);
	});

	it("and asks nothing of whoever wants no second way", async () => {
		expect(await made({ fallback: "", fallbackText: "", fallbackByTime: "1", fallbackAfter: "x" })).toBeGreaterThan(0);
	});
});
