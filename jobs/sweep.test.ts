import { expect, it } from "vitest";
import { fillFallback } from "#app/modules/messages/fill-fallback.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones } from "#db/testing/campaign.ts";
import { testLegs } from "#db/testing/fallback.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx } from "#db/tx.ts";
import { sweep } from "./sweep.ts";
import { testWire } from "./testing/wire.ts";
import { wirePool } from "./wire/pool.ts";

await testWire();
testBooks();

const DAY_MS = 86_400_000;

async function sendingSince(startedAtUtc: number): Promise<TestTenant> {
	const of = await testCampaign(testPhones(20));
	await freezeAudience(of);
	await inTx((tx) => tx.sql("UPDATE campaigns SET started_at_utc = ? WHERE id = ?").run(startedAtUtc, of.campaignId));
	return of;
}

it("lets expire what has been on its way for a day, but not what somebody has resumed since", async () => {
	const now = Date.now();
	const fresh = await sendingSince(now);
	const stale = await sendingSince(now - DAY_MS - 60_000);
	const resumed = await sendingSince(now - DAY_MS - 60_000);
	await inTx((tx) =>
		tx
			.sql("INSERT INTO audit (account_id, at_utc, verb, subject) VALUES (?, ?, 'campaign.resume', ?)")
			.run(resumed.accountId, now - 3_600_000, `campaign:${resumed.campaignId}`),
	);
	await sweep();
	expect(recount(stale.campaignId).kept).toMatchObject({ queued: 0, expired: 20 });
	expect(recount(stale.campaignId).kept).toEqual(recount(stale.campaignId).counted);
	for (const of of [fresh, resumed]) expect(recount(of.campaignId).kept).toMatchObject({ queued: 20, expired: 0 });
	const { rows } = await wirePool().query<{ key: string }>("SELECT key FROM graphile_worker.jobs ORDER BY key");
	// The stale one is done; the others have their job again.
	expect(rows.map((row) => row.key)).toEqual([fresh, resumed].map((of) => `send-campaign:${of.campaignId}`).sort());
});

it("has people looked through who may need the second leg, and that leg sent, also where a kill came between; waiting costs no job", async () => {
	await wirePool().query("DELETE FROM graphile_worker._private_jobs");
	const keys = async () => {
		const { rows } = await wirePool().query<{ key: string }>("SELECT key FROM graphile_worker.jobs ORDER BY key");
		return rows.map((row) => row.key);
	};
	const of = await testLegs(testPhones(20, 8_000_000), { afterSeconds: 3_600 });
	await freezeAudience(of);
	// As if all had been handed over an hour ago, but for the look.
	await inTx((tx) => {
		tx.sql(
			`UPDATE message_states SET state = 10, handed_at = unixepoch() - 3600
			  WHERE id IN (SELECT id FROM messages WHERE campaign_id = ?)`,
		).run(of.campaignId);
		tx.sql("UPDATE campaign_counters SET queued = 0, handed_over = 20 WHERE campaign_id = ?").run(of.campaignId);
	});
	const own = async () =>
		(await keys()).filter((key) => [of, of.second].some((leg) => key.endsWith(`:${leg.campaignId}`)));
	await sweep();
	expect(await own(), "nothing of it is due by the plan").toEqual([]);
	await inTx((tx) => tx.sql("UPDATE fallback_looks SET look_at = 0 WHERE campaign_id = ?").run(of.campaignId));
	await sweep();
	expect(await own()).toEqual([`fill-fallback:${of.campaignId}`]);
	// The process dies after the people are queued and before the leg's job is added.
	await fillFallback(of);
	await wirePool().query("DELETE FROM graphile_worker._private_jobs");
	await sweep();
	expect(await own()).toEqual([`send-campaign:${of.second.campaignId}`]);
	expect(recount(of.second.campaignId).kept).toMatchObject({ queued: 20 });
});
