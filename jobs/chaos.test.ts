import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { CAUSES } from "#app/channels/causes.ts";
import { installationId } from "#app/modules/delivery/installation-id.server.ts";
import { externalIdOf } from "#app/modules/messages/external-id.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones } from "#db/testing/campaign.ts";
import { recount } from "#db/testing/recount.ts";
import { readBooks } from "#db/tx.ts";
import { type ChaosHouse, openChaosHouse, shareAlike } from "./testing/chaos-house.ts";
import { HANGS_AFTER_MS, until } from "./testing/until.ts";
import { wirePool } from "./wire/pool.ts";

const PEOPLE = 50_000;
/** People in the campaigns that follow, so that whoever was away is tried again. */
const FOLLOWERS = 500;
const KILLS = 5;
const STEP_MS = 150;

testBooks("file");

const stateOf = (campaignId: number) =>
	readBooks((tx) => tx.sql<{ state: string }>("SELECT state FROM campaigns WHERE id = ?").get(campaignId))!.state;

/** External ids of the attempts whose outcome the wire calls unknown, by cause. */
async function doubts(providerId: number): Promise<Map<number, Set<string>>> {
	const { rows } = await wirePool().query<{ id: number; attempt: number; cause: number }>(
		`SELECT o.first_message_id + r.n - 1 AS id, i.attempt, r.cause FROM wire.outcomes o
		 JOIN wire.intents i ON i.batch_id = o.batch_id AND i.provider_id = $1,
		 unnest(o.results, o.causes) WITH ORDINALITY AS r (result, cause, n) WHERE r.result = $2`,
		[providerId, RESULT.unknown],
	);
	const byCause = new Map<number, Set<string>>();
	for (const { id, attempt, cause } of rows) {
		const ids = byCause.get(cause) ?? new Set();
		byCause.set(cause, ids.add(externalIdOf(installationId(), id, attempt)));
	}
	return byCause;
}

const writtenBy = ({ fakes }: ChaosHouse) => fakes.reduce((sum, { provider }) => sum + provider.journal.written, 0);

it("nobody twice and nobody lost: one provider dies, one is slow, one takes and does not answer; kill -9; Postgres restarts", {
	timeout: 2 * HANGS_AFTER_MS,
}, async () => {
	const house = await openChaosHouse({
		ASK_AFTER_MS: "600",
		// Only who hangs may take so long: not who waits for a busy processor.
		CALL_TIMEOUT_MS: "10000",
		SWEEP_INTERVAL_MS: "100",
		FAILOVER_STEP_MS: String(STEP_MS),
	});
	const [dying, slow, hanging] = house.fakes;
	const receipts: NonNullable<Parameters<(typeof house.fakes)[0]["control"]>[0]["receipts"]> = {
		// Later than anybody could be written to again: no receipt hides a second message.
		deliveryMs: [4_000, 6_000],
		seenMs: [5, 400],
		batch: 100,
		retryScale: 0.001,
	};
	const beWell = () => {
		for (const fake of house.fakes) fake.control({ mix: [], answerMs: [20, 60] });
	};
	for (const fake of house.fakes) fake.control({ receipts, seed: randomInt(2 ** 31) });
	beWell();
	const campaigns: { campaignId: number; phones: string[] }[] = [];
	const begin = async (phones: string[]) => {
		const { campaignId } = await testCampaign(phones);
		campaigns.push({ campaignId, phones });
		return campaignId;
	};
	try {
		const campaignId = await begin(testPhones(PEOPLE));
		await shareAlike(house.providerIds);
		const reach = (share: number) =>
			until(`${share * 100} % are written to`, HANGS_AFTER_MS, () => writtenBy(house) >= PEOPLE * share);
		await reach(0.1);
		dying!.control({ mix: [{ do: "close", share: 1 }] });
		slow!.control({ answerMs: [250, 400] });
		hanging!.control({ mix: [{ do: "take-then-hang", share: 0.15 }] });
		for (let kill = 0; kill < KILLS; kill++) {
			await reach(0.1 + (0.3 * (kill + 1)) / (KILLS + 1));
			await pause(randomInt(300));
			if (kill === 2) await house.restartPostgres();
			else await house.kill();
		}
		await reach(0.4);
		beWell();
		await until("the campaign is done", HANGS_AFTER_MS, () => stateOf(campaignId) === "done");

		// Whoever was away comes back to all of its weight once it is called again.
		const isAtRest = () => {
			const seen = [...house.seen.values()];
			return seen.length === 3 && seen.every(({ now }) => now.factor === 1 && now.breaker === "closed");
		};
		for (let more = 0; !isAtRest(); more++) {
			expect(more, JSON.stringify([...house.seen])).toBeLessThan(100);
			const next = await begin(testPhones(FOLLOWERS, 2_000_000 + more * FOLLOWERS));
			await until("those who follow are done", HANGS_AFTER_MS, () => stateOf(next) === "done");
			await pause(STEP_MS * 3);
		}
		// The slow one may keep its weight: while the others die and hang, nobody does better.
		const dead = house.seen.get(house.providerIds[0]!)!;
		expect(dead.breakers).toContain("open");
		expect(dead.lowest).toBeLessThan(1);

		await until("every receipt is in the books", HANGS_AFTER_MS, async () => {
			const { rows } = await wirePool().query("SELECT count(*)::int AS inbox FROM wire.receipt_inbox");
			return (
				rows[0].inbox === 0 &&
				house.fakes.every(({ provider }) => provider.receipts.counts.waiting + provider.receipts.counts.planned === 0)
			);
		});
		const wrong = campaigns
			.flatMap(({ phones }) => phones)
			.filter((phone) => house.fakes.reduce((sum, { provider }) => sum + provider.journal.countOf(phone), 0) !== 1);
		expect(wrong).toEqual([]);
		for (const { campaignId: id } of campaigns) {
			const { kept, counted } = recount(id);
			expect(kept).toEqual(counted);
			expect(kept).toMatchObject({ queued: 0, claimed: 0, unknown: 0, handed_over: 0 });
		}
		expect(readBooks((tx) => tx.sql("SELECT * FROM claims").all())).toEqual([]);

		// In doubt were exactly the calls that were taken and not answered, but for those that the kills cut.
		const inDoubt = await doubts(house.providerIds[2]!);
		const { cut } = hanging!.provider.journal;
		expect(cut.size).toBeGreaterThan(0);
		const timedOut = inDoubt.get(CAUSES.call_timed_out) ?? new Set();
		const killed = inDoubt.get(CAUSES.process_died) ?? new Set();
		expect(killed.size).toBeGreaterThan(0);
		expect([...timedOut].filter((id) => !cut.has(id))).toEqual([]);
		expect([...cut].filter((id) => !timedOut.has(id) && !killed.has(id))).toEqual([]);
	} finally {
		await house.close();
	}
});
