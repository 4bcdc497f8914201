import { afterEach, beforeEach, expect, it } from "vitest";
import { type Fake, startFake } from "#app/channels/viber/infobip/fake.ts";
import { beginCampaign } from "#app/modules/messages/begin-campaign.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { sellForNothing } from "#db/testing/money.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { HANGS_AFTER_MS, until } from "#jobs/testing/until.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { haltBlocked } from "./halt-blocked.server.ts";
import { closeLines } from "./provider-line.server.ts";
import { allBatchesEnded } from "./send-progress.ts";
import { sendSlice } from "./send-slice.server.ts";
import { stillSending } from "./still-sending.server.ts";

await testWire();
testBooks();

const PEOPLE = 400;
const ROOT = 1;
const context = { owner: "test", isStopping: () => false };
let fake: Fake;
/** Under a dealer of its own; `other` is not. */
let of: TestTenant;
let other: TestTenant;
let dealerId: number;

beforeEach(async () => {
	fake = await startFake({ apiKey: "test-key" });
	await testProvider(fake.baseUrl, { bulkSize: 1, connections: 2 });
	of = await testCampaign(testPhones(PEOPLE));
	other = await testCampaign(testPhones(5, 5_000_000));
	dealerId = (await testCampaign([])).accountId;
	await inTx((tx) => {
		tx.sql("UPDATE accounts SET parent_id = ?, path = ? WHERE id = ?").run(
			dealerId,
			`/${ROOT}/${dealerId}/${of.accountId}/`,
			of.accountId,
		);
		tx.sql("DELETE FROM campaigns WHERE account_id = ?").run(dealerId);
	});
	await sellForNothing();
});
afterEach(async () => {
	await closeLines();
	await fake.close();
});

const setBlock = (accountId: number, isBlocked: boolean, now = Date.now()) =>
	inTx(
		(tx) =>
			void (isBlocked
				? tx.sql("UPDATE accounts SET state = 'blocked', blocked_at_utc = ? WHERE id = ?").run(now, accountId)
				: tx.sql("UPDATE accounts SET state = 'active', unblocked_at_utc = ? WHERE id = ?").run(now, accountId)),
	);
const campaign = ({ campaignId }: TestTenant) =>
	readBooks((tx) =>
		tx
			.sql<{ state: string; pausedFrom: string | null; cause: string | null; version: number }>(
				"SELECT state, paused_from AS pausedFrom, cause, version FROM campaigns WHERE id = ?",
			)
			.get(campaignId),
	)!;
const schedule = (startAtUtc: number, ...tenants: TestTenant[]) =>
	inTx((tx) => {
		for (const one of tenants)
			tx.sql("UPDATE campaigns SET state = 'scheduled', start_at_utc = ?, started_at_utc = NULL WHERE id = ?").run(
				startAtUtc,
				one.campaignId,
			);
	});
const paused = (pausedFrom: string) => ({ state: "paused", pausedFrom, cause: "account_blocked" });

it("a block of the dealer above stops what is being sent within moments; resumed, it reaches everybody exactly once", async () => {
	fake.control({ answerMs: [20, 20] });
	await freezeAudience(of);
	await freezeAudience(other);
	const sending = sendSlice(of, context, Date.now() + 60_000);
	await until("some to be called", HANGS_AFTER_MS, () => fake.provider.journal.written > 5);
	await setBlock(dealerId, true);
	const atBlock = fake.provider.journal.written;
	expect(await sending).toEqual({ next: "nothing" });
	await allBatchesEnded();
	// Two lines of 20 ms: what a fifth of a second lets through, and a slow machine's share.
	expect(fake.provider.journal.written - atBlock).toBeLessThan(100);
	expect(campaign(of)).toMatchObject(paused("sending"));
	const { kept, counted } = recount(of.campaignId);
	expect(kept).toEqual(counted);
	expect(kept).toMatchObject({ claimed: 0 });
	expect(kept.queued).toBeGreaterThan(PEOPLE / 2);
	// The other tenant goes its way.
	await sendSlice(other, context, Date.now() + 60_000);
	await allBatchesEnded();
	expect(recount(other.campaignId).kept).toMatchObject({ queued: 0 });
	await setBlock(dealerId, false);
	// Nothing goes on by itself.
	expect(await sendSlice(of, context, Date.now() + 60_000)).toEqual({ next: "nothing" });
	await inTx((tx) => void tx.sql("UPDATE campaigns SET state = 'sending' WHERE id = ?").run(of.campaignId));
	fake.control({ answerMs: [0, 0] });
	await sendSlice(of, context, Date.now() + 60_000);
	await allBatchesEnded();
	for (const phone of testPhones(PEOPLE)) expect([phone, fake.provider.journal.countOf(phone)]).toEqual([phone, 1]);
});

it("a claim is not made after the block, however far the slice had come", async () => {
	await freezeAudience(of);
	await setBlock(of.accountId, true);
	expect(await sendSlice(of, context, Date.now() + 60_000)).toEqual({ next: "nothing" });
	expect(fake.provider.journal.written).toBe(0);
	expect(campaign(of)).toMatchObject(paused("sending"));
});

it("what is claimed already is not called after the block of the account or of one above it", async () => {
	await freezeAudience(of);
	for (const accountId of [of.accountId, dealerId, ROOT]) {
		expect(stillSending(of)()).toBe(true);
		await setBlock(accountId, true);
		expect(stillSending(of)()).toBe(false);
		await setBlock(accountId, false);
	}
});

it("the job after a block pauses what is under way of the whole branch, and nothing of the other", async () => {
	await freezeAudience(of);
	await setBlock(dealerId, true);
	await haltBlocked();
	await haltBlocked();
	expect(campaign(of)).toMatchObject(paused("sending"));
	expect(campaign(other)).toMatchObject({ state: "preparing", cause: null });
	const entries = readBooks((tx) => tx.sql("SELECT account_id, verb FROM audit WHERE verb = 'campaign.halt'").all());
	expect(entries).toEqual([{ account_id: of.accountId, verb: "campaign.halt" }]);
});

it("an audience is frozen no further, and goes on where it was", async () => {
	await setBlock(dealerId, true);
	await freezeAudience(of);
	expect(campaign(of)).toMatchObject(paused("preparing"));
	expect(recount(of.campaignId).kept).toMatchObject({ queued: 0 });
	await setBlock(dealerId, false);
	await inTx((tx) => void tx.sql("UPDATE campaigns SET state = 'preparing' WHERE id = ?").run(of.campaignId));
	await freezeAudience(of);
	expect(recount(of.campaignId).kept).toMatchObject({ queued: PEOPLE });
});

it("a scheduled one whose moment comes during the block is paused, not sent late; the other tenant's begins", async () => {
	const now = Date.now();
	await schedule(now - 1_000, of, other);
	await setBlock(dealerId, true, now - 5_000);
	await beginCampaign(of);
	await beginCampaign(other);
	expect(campaign(of)).toMatchObject(paused("scheduled"));
	expect(campaign(other)).toMatchObject({ state: "preparing" });
});

it("one whose moment came during the block is paused also when its job comes after the unblock", async () => {
	const now = Date.now();
	await schedule(now - 3_000, of);
	await setBlock(dealerId, true, now - 5_000);
	await setBlock(dealerId, false, now - 1_000);
	await beginCampaign(of);
	expect(campaign(of)).toMatchObject(paused("scheduled"));
});

it("one whose moment comes after the block begins as planned, having waited untouched", async () => {
	const now = Date.now();
	await schedule(now - 1_000, of);
	const { version } = campaign(of);
	await setBlock(dealerId, true, now - 5_000);
	await haltBlocked();
	expect(campaign(of)).toMatchObject({ state: "scheduled", version });
	await setBlock(dealerId, false, now - 2_000);
	await beginCampaign(of);
	expect(campaign(of)).toMatchObject({ state: "preparing", cause: null });
});
