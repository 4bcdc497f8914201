import { afterEach, beforeEach, expect, it } from "vitest";
import { CAUSES } from "#app/channels/causes.ts";
import { type Fake, startFake } from "#app/channels/viber/infobip/fake.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { STOPS_A_LOOK } from "#app/modules/messages/reject-newly-stopped.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { recount } from "#db/testing/recount.ts";
import { addStop } from "#db/testing/stops.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { closeLines } from "./provider-line.server.ts";
import { allBatchesEnded, forgetProgress } from "./send-progress.ts";
import { sendSlice } from "./send-slice.server.ts";

await testWire();
testBooks();

const PHONES = testPhones(300);
let fake: Fake;
let of: TestTenant;

beforeEach(async () => {
	fake = await startFake({ apiKey: "test-key" });
	await testProvider(fake.baseUrl, { bulkSize: 10, connections: 4 });
	of = await testCampaign(PHONES);
});
afterEach(async () => {
	await closeLines();
	forgetProgress(of.campaignId);
	await fake.close();
});

it("nobody is written to who was stopped after the freezing, however many were; the others once, and the campaign ends", async () => {
	await freezeAudience(of);
	await inTx((tx) => {
		for (let i = 0; i < 2.5 * STOPS_A_LOOK; i++)
			tx.sql("INSERT INTO stops (account_id, recipient, created_at_utc) VALUES (1, ?, 0)").run(`+1${i}`);
	});
	const stopped = [PHONES[0]!, PHONES[150]!, PHONES.at(-1)!];
	for (const phone of stopped) await addStop(of.accountId, phone);
	await sendSlice(of, { owner: "test", isStopping: () => false }, Date.now() + 60_000);
	await allBatchesEnded();
	await sendSlice(of, { owner: "test", isStopping: () => false }, Date.now() + 60_000);
	const { journal } = fake.provider;
	expect(PHONES.map((phone) => journal.countOf(phone))).toEqual(
		PHONES.map((phone) => (stopped.includes(phone) ? 0 : 1)),
	);
	const { kept, counted } = recount(of.campaignId);
	expect(kept).toEqual(counted);
	expect(kept).toMatchObject({ rejected: 3, [`cause ${CAUSES.on_stop_list}`]: 3, queued: 0 });
	expect(readBooks((tx) => tx.sql("SELECT state FROM campaigns WHERE id = ?").get(of.campaignId))).toEqual({
		state: "done",
	});
});
