import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { OneByOneFake } from "#app/channels/fake/one-by-one.ts";
import { FAKE_KEY, startFake } from "#app/channels/sms-fly/fake.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { messageStateOf } from "#app/modules/messages/message-state.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { recount } from "#db/testing/recount.ts";
import { readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { ensurePartitions } from "#jobs/wire/partitions.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { isReadAsked, pollGapMs } from "./poll-gap.ts";
import { allPollsEnded, pollReceipts } from "./poll-receipts.server.ts";
import { closeLines } from "./provider-line.server.ts";
import { allBatchesEnded, forgetProgress } from "./send-progress.ts";
import { sendSlice } from "./send-slice.server.ts";

await testWire();
testBooks();

const PEOPLE = 30;
let fake: OneByOneFake;

beforeEach(async () => {
	await wirePool().query("TRUNCATE wire.polls, wire.evidence");
	fake = await startFake();
	fake.control({ receipts: { deliveryMs: [0, 20], seenMs: [0, 20] } });
	// As many connections as people: they go in one claim.
	const size = { bulkSize: 1, connections: PEOPLE };
	await testProvider(fake.baseUrl, { ...size, other: { adapter: "sms-fly", settings: { apiKey: FAKE_KEY } } });
});
afterEach(async () => {
	await closeLines();
	await fake.close();
});

/** A campaign whose messages the provider has taken. */
async function sent(from?: number): Promise<TestTenant> {
	const of = await testCampaign(testPhones(PEOPLE, from));
	await freezeAudience(of);
	await sendSlice(of, { owner: "test", isStopping: () => false }, Date.now() + 60_000);
	await allBatchesEnded();
	// Each test has its own books, and in them the ids begin anew.
	forgetProgress(of.campaignId);
	return of;
}

const states = ({ campaignId }: TestTenant) =>
	readBooks((tx) =>
		tx
			.sql<{ state: number; count: number }>(
				"SELECT s.state, count(*) AS count FROM messages m JOIN message_states s ON s.id = m.id WHERE m.campaign_id = ? GROUP BY 1",
			)
			.all(campaignId)
			.map((row) => [messageStateOf(row.state), row.count]),
	);
const polls = async () => (await wirePool().query("SELECT asked, ask_at > now() AS waits FROM wire.polls")).rows;

async function poll(): Promise<void> {
	await pollReceipts(() => false);
	await allPollsEnded();
}
/** As if their time had come. */
async function pollNow(): Promise<void> {
	await wirePool().query("UPDATE wire.polls SET ask_at = now()");
	await poll();
}

describe("a provider that does not call back", () => {
	it("is asked, once their time has come, until nothing is left to ask about", async () => {
		const of = await sent();
		expect(states(of)).toEqual([["handed_over", PEOPLE]]);
		await poll();
		expect(await polls()).toEqual([{ asked: 0, waits: true }]);
		await expect
			.poll(async () => {
				await pollNow();
				return states(of);
			})
			.toEqual([["read", PEOPLE]]);
		await pollNow();
		expect(await polls()).toEqual([]);
		const { kept, counted } = recount(of.campaignId);
		expect(kept).toEqual(counted);
		const { rows } = await wirePool().query("SELECT count(*)::int AS n FROM wire.evidence WHERE state = 60");
		expect(rows[0].n).toBe(PEOPLE);
	});

	it("that answers nothing is asked a few questions, and later again", async () => {
		const of = await sent();
		fake.control({ mix: [{ on: "ask", do: "error", share: 1 }] });
		await pollNow();
		expect(states(of)).toEqual([["handed_over", PEOPLE]]);
		expect(await polls()).toEqual([{ asked: 1, waits: true }]);
	});

	it("hears of each campaign in its turn", async () => {
		const large = await sent();
		await sent(2_000_000);
		await wirePool().query(
			`INSERT INTO wire.polls (batch_id, provider_id, campaign_id, ask_at)
			 SELECT i, provider_id, campaign_id, now() - interval '1 hour' FROM wire.polls, generate_series(1, 50) AS i
			 WHERE campaign_id = $1`,
			[large.campaignId],
		);
		await pollNow();
		const { rows } = await wirePool().query(
			"SELECT campaign_id, max(asked) AS asked, count(*)::int AS n FROM wire.polls GROUP BY 1 ORDER BY 1",
		);
		expect(rows.map((row) => row.asked)).toContain(1);
		expect(rows.find((row) => row.campaign_id !== large.campaignId)).toMatchObject({ asked: 1, n: 1 });
	});

	it("is asked no more when the messages' time is over", async () => {
		const of = await sent();
		// Early in the day that is the day before yesterday, which no partition is made for ahead.
		await ensurePartitions(Date.now() - 86_400_000);
		await wirePool().query("UPDATE wire.intents SET at = at - interval '25 hours 1 minute'");
		await pollNow();
		expect(await polls()).toEqual([]);
		expect(states(of)).toEqual([["handed_over", PEOPLE]]);
	});
});

it("is asked ever more rarely, about the delivered more rarely still", () => {
	expect([0, 10_000, 60_000, 7_200_000].map(pollGapMs)).toEqual([10_000, 10_000, 60_000, 3_600_000]);
	const asked = Array.from({ length: 30 }, (_, times) => times).filter(isReadAsked);
	expect(asked).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 18, 24]);
});
