import { describe, expect, it } from "vitest";
import { CAUSES } from "#app/channels/causes.ts";
import { makeActors } from "#app/modules/access/testing/make-actors.ts";
import { applyChanges } from "#app/modules/messages/apply-changes.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { openRecounter } from "#app/modules/messages/recount-campaign.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones } from "#db/testing/campaign.ts";
import { priceCampaign } from "#db/testing/money.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { listRecounts } from "./list-recounts.server.ts";
import { beginRecount, runRecount } from "./run-recount.server.ts";

testBooks();

const runs = () => readBooks((tx) => tx.sql<Record<string, number | null>>("SELECT * FROM recounts ORDER BY id").all());
const found = () =>
	readBooks((tx) => tx.sql("SELECT campaign_id, figure, kept, counted FROM count_differences ORDER BY 1, 2").all());

async function frozen(people: number): Promise<TestTenant> {
	const of = await testCampaign(testPhones(people));
	await freezeAudience(of);
	return of;
}
const spoil = (of: TestTenant, sql: string) =>
	inTx((tx) => void tx.sql(`UPDATE campaign_counters SET ${sql} WHERE campaign_id = ?`).run(of.campaignId));

describe("the nightly recount", () => {
	it("finds nothing where counters are right, and every figure that is not", async () => {
		const one = await frozen(5);
		const other = await frozen(3);
		const first = readBooks((tx) =>
			tx.sql<{ f: number }>("SELECT first_message_id AS f FROM campaigns WHERE id = ?").get(one.campaignId),
		)!.f;
		const change = { attempt: 0, to: MESSAGE_STATE.failed, cause: CAUSES.unreachable, at: 1 };
		await inTx((tx) => void applyChanges(tx, [{ messageId: first, ...change }]));
		await beginRecount();
		expect(found()).toEqual([]);
		expect(runs()).toMatchObject([{ campaigns: 2, messages: 8, differences: 0 }]);
		expect(runs()[0]!.finished_at_utc).not.toBeNull();
		await spoil(one, "queued = queued + 1");
		await spoil(other, "read = 7");
		await inTx(
			(tx) => void tx.sql("UPDATE campaign_causes SET messages = 4 WHERE campaign_id = ?").run(one.campaignId),
		);
		await beginRecount();
		expect(found()).toEqual([
			{ campaign_id: one.campaignId, figure: `cause ${CAUSES.unreachable}`, kept: 4, counted: 1 },
			{ campaign_id: one.campaignId, figure: "queued", kept: 5, counted: 4 },
			{ campaign_id: other.campaignId, figure: "read", kept: 7, counted: 0 },
		]);
		expect(runs()[1]).toMatchObject({ differences: 3 });
	});

	it("finds what a price class counts wrong", async () => {
		const of = await testCampaign(testPhones(3));
		await priceCampaign(of, { chargeOn: "delivered", refunds: false }, [{ quantity: 3 }]);
		await freezeAudience(of);
		await beginRecount();
		expect(found()).toEqual([]);
		await inTx((tx) => void tx.sql("UPDATE price_classes SET held = 2 WHERE campaign_id = ?").run(of.campaignId));
		await beginRecount();
		expect(found()).toEqual([{ campaign_id: of.campaignId, figure: "class 1 held", kept: 2, counted: 3 }]);
	});

	it("tells the platform's owners once, at the end, and shows them where; nobody else", async () => {
		const { admin, dealer, client } = await makeActors();
		await inTx((tx) => {
			tx.sql(
				`INSERT INTO users (id, account_id, login, password_hash, name, role, state, created_at_utc)
				 VALUES (?, ?, 'boss', 'none', 'Boss', 'owner', 'active', 1)`,
			).run(admin.userId, admin.account.id);
		});
		const of = await frozen(2);
		await spoil(of, "queued = 9");
		await beginRecount();
		const notices = readBooks((tx) =>
			tx
				.sql<{ kind: string; detail: string; account_id: number }>("SELECT kind, detail, account_id FROM notices")
				.all(),
		);
		expect(notices).toEqual([
			{ kind: "counts.differ", account_id: admin.account.id, detail: '{"recountId":1,"differences":1}' },
		]);
		const shown = readBooks((tx) => listRecounts(tx, admin, undefined, undefined));
		expect(shown.differences).toMatchObject([{ campaignId: of.campaignId, figure: "queued", kept: 9, counted: 2 }]);
		for (const nobody of [dealer, client])
			expect(() => readBooks((tx) => listRecounts(tx, nobody, undefined, undefined))).toThrow();
	});

	it("goes on behind the last campaign that was written down, and is one run", async () => {
		const campaigns = [await frozen(2), await frozen(2), await frozen(2)];
		await spoil(campaigns[0]!, "sent = 1");
		await spoil(campaigns[2]!, "sent = 1");
		await inTx((tx) => {
			// As a process left it that was killed behind the first campaign.
			tx.sql("INSERT INTO recounts (started_at_utc, last_campaign_id, campaigns, messages) VALUES (1, ?, 1, 2)").run(
				campaigns[0]!.campaignId,
			);
		});
		const cut = new AbortController();
		cut.abort();
		await runRecount(cut.signal);
		expect(runs()).toMatchObject([{ finished_at_utc: null, campaigns: 1 }]);
		await Promise.all([beginRecount(), runRecount()]);
		expect(runs()).toMatchObject([{ campaigns: 3, messages: 6, differences: 1 }]);
		expect(found()).toMatchObject([{ campaign_id: campaigns[2]!.campaignId }]);
		await runRecount();
		expect(runs()).toHaveLength(1);
	});

	it("is right while sending goes on: it counts one moment, whatever is written during it", async () => {
		const of = await frozen(45_000);
		const first = readBooks((tx) =>
			tx.sql<{ f: number }>("SELECT first_message_id AS f FROM campaigns WHERE id = ?").get(of.campaignId),
		)!.f;
		const recounter = openRecounter();
		let writes = 0;
		const counting = recounter.next(of.campaignId - 1, () => false);
		// Between its slices: what was counted already and what was not yet both change, and so do the counters.
		for (const place of [1, 30_000, 44_000]) {
			const change = { attempt: 0, to: MESSAGE_STATE.delivered, cause: null, at: 1 };
			await inTx((tx) => void applyChanges(tx, [{ messageId: first + place, ...change }]));
			writes++;
		}
		expect(await counting).toMatchObject({ campaignId: of.campaignId, messages: 45_000, differences: [] });
		expect(writes).toBe(3);
		expect(await recounter.next(of.campaignId - 1, () => false)).toMatchObject({ differences: [] });
		expect(await recounter.next(of.campaignId, () => false)).toBeNull();
		expect(await recounter.next(0, () => true)).toBeUndefined();
		recounter.close();
	});
});
