import { beforeEach, describe, expect, it } from "vitest";
import { type Actors, makeActors } from "#app/modules/access/testing/make-actors.ts";
import { insertUser } from "#app/modules/accounts/insert-user.server.ts";
import { haltCampaign } from "#app/modules/delivery/halt-campaign.server.ts";
import { finishCampaign } from "#app/modules/messages/finish-campaign.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { listNotices } from "./list-notices.server.ts";
import { markNoticesSeen } from "./mark-notices-seen.server.ts";
import { putNotice } from "./put-notice.server.ts";
import { NOTICES_KEPT_MS, sweepNotices } from "./sweep-notices.server.ts";

testBooks();
let actors: Actors;
beforeEach(async () => {
	actors = await makeActors();
	await inTx((tx) => {
		for (const { userId, account } of [actors.client, actors.client3]) {
			const id = insertUser(tx, { accountId: account.id, login: account.name, passwordHash: "", name: account.name });
			tx.sql("UPDATE users SET id = ? WHERE id = ? AND account_id = ?").run(userId, id, account.id);
		}
	});
});

const to = ({ userId, account }: Actors["client"]) => ({ userId, accountId: account.id });
const put = (who: Actors["client"], name = "Spring") =>
	inTx((tx) => putNotice(tx, to(who), "campaign.done", { campaignId: 1, name }));
const list = (who: Actors["client"], after?: number) => readBooks((tx) => listNotices(tx, who, after));

describe("a person's notices", () => {
	it("are that person's alone, newest first, by key", async () => {
		for (let i = 0; i < 55; i++) await put(actors.client, `n${i}`);
		await put(actors.client3, "another's");
		const first = list(actors.client);
		expect(first.rows).toHaveLength(50);
		expect(first.unseen).toBe(55);
		const second = list(actors.client, first.nextAfter!);
		expect([...first.rows, ...second.rows].map((row) => (row.detail as { name: string }).name)).toEqual(
			Array.from({ length: 55 }, (_, i) => `n${54 - i}`),
		);
	});

	it("are seen up to the one that was shown; nobody marks another's", async () => {
		await put(actors.client);
		const shown = list(actors.client).rows[0]!.id;
		await put(actors.client);
		await put(actors.client3);
		await markNoticesSeen(actors.client, shown);
		expect(list(actors.client)).toMatchObject({ unseen: 1, rows: [{ isSeen: false }, { isSeen: true }] });
		expect(list(actors.client3)).toMatchObject({ unseen: 1, rows: [{ isSeen: false }] });
	});

	it("are closed to whoever has entered the cabinet", async () => {
		const inside = { ...actors.client, behindUserId: 1 };
		expect(() => list(inside)).toThrow(expect.objectContaining({ status: 403 }));
		await expect(markNoticesSeen(inside, 1)).rejects.toMatchObject({ status: 403 });
	});

	it("say of a visitor what the person may know, not who is above the dealer", async () => {
		const detail = { behindAccountId: actors.admin.account.id, reason: "r", isReadOnly: false, endsAtUtc: 1 };
		await inTx((tx) => putNotice(tx, to(actors.client), "cabinet.entered", detail));
		expect(list(actors.client).rows[0]!.who).toEqual({ is: "staff" });
	});

	it("go after 90 days, and are counted no more", async () => {
		await put(actors.client, "old");
		await put(actors.client, "young");
		await inTx((tx) =>
			tx.sql("UPDATE notices SET at_utc = ? WHERE detail LIKE '%old%'").run(Date.now() - NOTICES_KEPT_MS - 1),
		);
		expect(await sweepNotices()).toBe(1);
		expect(list(actors.client)).toMatchObject({ unseen: 1, rows: [{ detail: { name: "young" } }] });
	});
});

describe("the end of a campaign", () => {
	beforeEach(() =>
		inTx((tx) => {
			tx.sql(
				`INSERT INTO campaigns (id, account_id, user_id, name, channel, sender, text, collection_id, state, form_key, created_at_utc)
				VALUES (1, ?, ?, 'Spring', 'viber', 'Shop', 'Hello', 1, 'sending', 'key', 1)`,
			).run(actors.client.account.id, actors.client.userId);
			tx.sql("INSERT INTO campaign_counters (campaign_id, account_id) VALUES (1, ?)").run(actors.client.account.id);
		}),
	);

	it("is told once to whoever made it", async () => {
		await inTx((tx) => finishCampaign(tx, 1));
		await inTx((tx) => finishCampaign(tx, 1));
		expect(list(actors.client).rows).toMatchObject([
			{ kind: "campaign.done", detail: { campaignId: 1, name: "Spring" } },
		]);
	});

	it("by the system is told with its cause", async () => {
		await haltCampaign({ accountId: actors.client.account.id, campaignId: 1 }, "provider_balance");
		expect(list(actors.client).rows).toMatchObject([
			{ kind: "campaign.halted", detail: { cause: "provider_balance" } },
		]);
	});
});
