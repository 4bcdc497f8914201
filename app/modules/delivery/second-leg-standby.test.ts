import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { FAKE_KEY, startFake } from "#app/channels/vonage/fake.ts";
import { resetEnv } from "#app/lib/env.ts";
import { fillFallback } from "#app/modules/messages/fill-fallback.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import type { StandbyAnswer } from "#app/modules/standby/proves-position.ts";
import { updateCluster } from "#db/cluster/cluster-state.ts";
import { type Position, position } from "#db/cluster/position.ts";
import { migrateBooks } from "#db/migrate.ts";
import { testPhones, testProvider } from "#db/testing/campaign.ts";
import { type FakeLitefs, fakeLitefs } from "#db/testing/fake-litefs.ts";
import { type TestLegs, testLegs } from "#db/testing/fallback.ts";
import { inTx } from "#db/tx.ts";
import { until } from "#jobs/testing/until.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { openEpoch } from "#jobs/wire/epochs/open-epoch.ts";
import { takeEpoch } from "#jobs/wire/epochs/take-epoch.ts";
import { closeLines } from "./provider-line.server.ts";
import { allBatchesEnded, forgetProgress } from "./send-progress.ts";
import { sendSlice } from "./send-slice.server.ts";

await testWire();

const NOW: Position = { txid: 9, checksum: "a".repeat(16) };
const context = { owner: "test", isStopping: () => false };
let litefs: FakeLitefs;
let standby: Server;
/** How far the standby's books are; null: it hangs up. */
let has: Position | null;
let asked: number;
let sms: Awaited<ReturnType<typeof startFake>>;
let of: TestLegs;

beforeEach(async () => {
	process.env.SECRET_KEY ??= "5e".repeat(32);
	has = { txid: 8, checksum: "b".repeat(16) };
	asked = 0;
	standby = createServer((req, res) => {
		asked++;
		if (!has) req.socket.destroy();
		else res.end(JSON.stringify({ position: has, checksumThen: null } satisfies StandbyAnswer));
	});
	await new Promise<void>((resolve) => standby.listen(0, "127.0.0.1", resolve));
	const url = `http://127.0.0.1:${(standby.address() as AddressInfo).port}`;
	litefs = await fakeLitefs({
		JOBS_DATABASE_URL: process.env.JOBS_DATABASE_URL!,
		CLUSTER_NODES: `n2=${url}`,
		CANDIDATE_NODES: "n1,n2",
	});
	migrateBooks();
	litefs.lead("n1");
	updateCluster({ heard: "primary", primary: "n1" });
	await openEpoch(await takeEpoch());
	litefs.step(NOW);
	sms = await startFake();
	of = await testLegs(testPhones(3), { reasons: ["failed"] });
	const other = { adapter: "vonage", settings: FAKE_KEY };
	const id = await testProvider(sms.baseUrl, { bulkSize: 1, connections: 4, other });
	await inTx((tx) => void tx.sql("UPDATE providers SET channel = 'sms' WHERE id = ?").run(id));
	await freezeAudience(of);
	// What the first leg came to, as receipts would have it: nobody was reached.
	await inTx((tx) => {
		tx.sql("UPDATE message_states SET state = ?, cause = NULL").run(MESSAGE_STATE.failed);
		tx.sql("UPDATE campaign_counters SET failed = queued, queued = 0 WHERE campaign_id = ?").run(of.campaignId);
		tx.sql("UPDATE fallback_looks SET look_at = 0").run();
	});
	expect(await fillFallback(of)).toEqual({ secondId: of.second.campaignId });
});
afterEach(async () => {
	await closeLines();
	forgetProgress(of.second.campaignId);
	await sms.close();
	standby.closeAllConnections();
	await new Promise((resolve) => standby.close(resolve));
	await litefs.close();
});

const written = () => sms.journal.written;

it("nobody gets the second message before the standby has who is to get it", async () => {
	const sending = sendSlice(of.second, context, Date.now() + 60_000);
	await until("the standby to have been asked", 60_000, () => asked > 3);
	expect(written()).toBe(0);
	has = position();
	await until("everybody to be written to", 60_000, () => written() === 3);
	await sending;
	await allBatchesEnded();
});

it("the first leg asks no standby", async () => {
	await inTx((tx) => {
		tx.sql("UPDATE campaigns SET fallback_of = NULL WHERE id = ?").run(of.second.campaignId);
	});
	await sendSlice(of.second, context, Date.now() + 60_000);
	await allBatchesEnded();
	expect(written()).toBe(3);
	expect(asked).toBe(0);
});

it("a node that alone may lead asks nobody", async () => {
	process.env.CANDIDATE_NODES = "n1";
	resetEnv();
	await sendSlice(of.second, context, Date.now() + 60_000);
	await allBatchesEnded();
	expect(written()).toBe(3);
	expect(asked).toBe(0);
});
