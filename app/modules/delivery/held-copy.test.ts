import { afterEach, beforeEach, expect, it } from "vitest";
import { type Fake, startFake } from "#app/channels/viber/infobip/fake.ts";
import { HOLD_KEY, type Hold } from "#app/modules/backup/hold.ts";
import { HeldCopyError } from "#app/modules/backup/read-hold.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { sellForNothing } from "#db/testing/money.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { closeLines } from "./provider-line.server.ts";
import { allBatchesEnded } from "./send-progress.ts";
import { sendSlice } from "./send-slice.server.ts";

await testWire();
testBooks();

const held: Hold = { copiedAtUtc: 7, restoredAtUtc: 8, node: "n1", wire: null, asked: null };
const context = { owner: "test", isStopping: () => false };
let fake: Fake;
beforeEach(async () => {
	fake = await startFake({ apiKey: "test-key" });
	await testProvider(fake.baseUrl, { bulkSize: 1, connections: 2 });
});
afterEach(async () => {
	await closeLines();
	await fake.close();
});

it("nothing is claimed in books that are a held copy, though a sidecar sends that has not seen it yet", async () => {
	const of = await testCampaign(testPhones(5));
	await sellForNothing();
	await freezeAudience(of);
	const claims = () => readBooks((tx) => tx.sql("SELECT count(*) FROM claims").pluck().get());
	const put = "INSERT INTO settings (key, value) VALUES (?, ?)";
	await inTx((tx) => void tx.sql(put).run(HOLD_KEY, JSON.stringify(held)));
	await expect(sendSlice(of, context, Date.now() + 60_000)).rejects.toThrow(HeldCopyError);
	expect(claims()).toBe(0);
	await inTx((tx) => void tx.sql("DELETE FROM settings WHERE key = ?").run(HOLD_KEY));
	await sendSlice(of, context, Date.now() + 60_000);
	await allBatchesEnded();
	expect(fake.provider.journal.written).toBe(5);
});
