import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Fake, startFake } from "#app/channels/viber/infobip/fake.ts";
import { resetEnv } from "#app/lib/env.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { addRoute } from "#app/modules/routing/testing/add-routing.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { HANGS_AFTER_MS, until } from "#jobs/testing/until.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { readHealth } from "#jobs/wire/provider-health.ts";
import { askUnknown } from "./ask-unknown.server.ts";
import { beatHealth } from "./beat-health.server.ts";
import { closeLines, providerLine } from "./provider-line.server.ts";
import { allBatchesEnded, forgetProgress } from "./send-progress.ts";
import { sendSlice } from "./send-slice.server.ts";

await testWire();
testBooks();

const PEOPLE = 2_000;
let fakes: Fake[];
let ids: number[];
let of: TestTenant;

beforeEach(async () => {
	Object.assign(process.env, { ASK_AFTER_MS: "0", CALL_TIMEOUT_MS: "30000", FAILOVER_STEP_MS: "60000" });
	resetEnv();
	await wirePool().query("TRUNCATE wire.provider_health, wire.provider_pauses, wire.day_counts, wire.rate_clocks");
	fakes = await Promise.all([0, 1].map(() => startFake({ apiKey: "test-key" })));
	of = await testCampaign(testPhones(PEOPLE));
	ids = [];
	for (const { baseUrl } of fakes) ids.push(await testProvider(baseUrl, { bulkSize: 10, connections: 4 }));
	await freezeAudience(of);
});
afterEach(async () => {
	await closeLines();
	forgetProgress(of.campaignId);
	await Promise.all(fakes.map((fake) => fake.close()));
});

const route = (...steps: [at: number, tier: number, weight: number][]) =>
	inTx((tx) =>
		addRoute(
			tx,
			{ accountId: 1, branch: 1, channel: "viber" },
			steps.map(([at, tier, weight]) => [ids[at]!, tier, weight]),
		),
	);
const written = () => fakes.map(({ provider }) => provider.journal.written);
const campaign = () =>
	readBooks((tx) =>
		tx
			.sql<{ state: string; cause: string | null }>("SELECT state, cause FROM campaigns WHERE id = ?")
			.get(of.campaignId),
	)!;
async function send() {
	const end = await sendSlice(of, { owner: "test", isStopping: () => false }, Date.now() + 300_000);
	await allBatchesEnded();
	return end;
}
function everybodyOnce(): void {
	const counts = testPhones(PEOPLE).map((phone) =>
		fakes.reduce((sum, { provider }) => sum + provider.journal.countOf(phone), 0),
	);
	expect(counts.filter((count) => count !== 1)).toEqual([]);
	const { kept, counted } = recount(of.campaignId);
	expect(kept).toEqual(counted);
}

describe("a campaign's providers", { timeout: 2 * HANGS_AFTER_MS }, () => {
	it("of one tier share it by weight; the next tier has nothing to do", async () => {
		await inTx((tx) => tx.sql("UPDATE providers SET bulk_size = 1, connections = 2").run());
		// Claims of 200, as for those who take 20 ms a call: but then 1,500 on two connections would take 15 s.
		for (const fake of fakes) fake.control({ answerMs: [0, 0] });
		for (const { health } of ids.map(providerLine))
			Object.defineProperty(health, "usualMs", { get: () => 20, set: () => {} });
		await route([0, 1, 3], [1, 1, 1]);
		await send();
		const [a, b] = written();
		expect(a! + b!).toBe(PEOPLE);
		expect(Math.abs(a! - (PEOPLE * 3) / 4)).toBeLessThanOrEqual(200 + 1);
		everybodyOnce();
	});

	it("stand in for each other: who dies loses its calls to the next tier, under new attempts, and nobody is lost or written to twice", async () => {
		await route([0, 1, 1], [1, 2, 1]);
		fakes[0]!.control({ mix: [{ do: "close", share: 1 }] });
		await send();
		expect(providerLine(ids[0]!).health.breaker.state).toBe("open");
		const { kept } = recount(of.campaignId);
		// What it was called with is in doubt, and goes to nobody else before it has been asked: twice, because it is in trouble.
		expect(kept.unknown).toBeGreaterThan(0);
		expect(written()).toEqual([0, PEOPLE - kept.unknown!]);
		const attempts = readBooks((tx) =>
			tx
				.sql<{ attempt: number; provider: number }>(
					"SELECT DISTINCT attempt, provider_id AS provider FROM message_states WHERE state = 10 ORDER BY attempt",
				)
				.all(),
		);
		expect(attempts.map(({ provider }) => provider)).toEqual(attempts.map(() => ids[1]));
		expect(attempts.at(-1)!.attempt).toBe(2);
		await askUnknown(() => false);
		expect(recount(of.campaignId).kept.unknown).toBe(kept.unknown);
		await inTx((tx) => tx.sql("UPDATE claims SET ask_at_utc = 0").run());
		await askUnknown(() => false);
		expect(recount(of.campaignId).kept.unknown).toBe(0);
		await send();
		expect(written()).toEqual([0, PEOPLE]);
		everybodyOnce();
		expect(campaign().state).toBe("done");
	});

	it("changed by its admin while it sends: who waits is called on the new line, and it is not taken for broken", async () => {
		await route([0, 1, 1]);
		fakes[0]!.control({ answerMs: [30, 30] });
		const sending = send();
		await until("the first written", HANGS_AFTER_MS, () => written()[0]! > 0);
		const old = providerLine(ids[0]!);
		await inTx((tx) => tx.sql("UPDATE providers SET name = 'Renamed' WHERE id = ?").run(ids[0]));
		expect(providerLine(ids[0]!)).not.toBe(old);
		await sending;
		await send();
		expect(written()).toEqual([PEOPLE, 0]);
		everybodyOnce();
		expect(old.health.breaker.openings).toBe(0);
		const attempts = "SELECT max(attempt) FROM message_states";
		expect(readBooks((tx) => tx.sql(attempts).pluck().get())).toBe(1);
	});

	it("refusals of credit stop it, whoever else there is", async () => {
		await route([0, 1, 1], [1, 2, 1]);
		fakes[0]!.control({ next: [{ do: "refuse", status: 12 }] });
		await send();
		expect(campaign()).toEqual({ state: "paused", cause: "provider_balance" });
		expect(written()[1]).toBe(0);
		expect(providerLine(ids[0]!).health.breaker.state).toBe("closed");
	});

	it("all resting: it waits, says so, and a second process sees why", async () => {
		await route([0, 1, 1], [1, 2, 1]);
		for (const fake of fakes) fake.control({ mix: [{ do: "close", share: 1 }] });
		expect((await send()).next).toBe("again");
		expect(campaign()).toEqual({ state: "sending", cause: "providers_resting" });
		await beatHealth();
		const { healths } = await readHealth();
		expect(ids.map((id) => healths.get(id)?.breaker.state)).toEqual(["open", "open"]);
		// Another process: it knows nothing but what the wire has.
		await closeLines();
		forgetProgress(of.campaignId);
		expect((await send()).next).toBe("again");
		expect(ids.map((id) => providerLine(id).health.breaker.state)).toEqual(["open", "open"]);
	});
});

describe("a day's limit", { timeout: 2 * HANGS_AFTER_MS }, () => {
	it("reached: the next tier takes the rest", async () => {
		await inTx((tx) => tx.sql("UPDATE providers SET per_day = 500 WHERE id = ?").run(ids[0]));
		await route([0, 1, 1], [1, 2, 1]);
		await send();
		expect(written()).toEqual([500, PEOPLE - 500]);
		everybodyOnce();
	});

	it("of everybody: it waits for tomorrow and says so; a second process counts on", async () => {
		await inTx((tx) => tx.sql("UPDATE providers SET per_day = 500").run());
		await route([0, 1, 1], [1, 2, 1]);
		await send();
		await closeLines();
		forgetProgress(of.campaignId);
		expect(await send()).toMatchObject({ next: "again" });
		expect(written()).toEqual([500, 500]);
		expect(campaign()).toEqual({ state: "sending", cause: "day_limit" });
	});
});
