import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { CAUSES } from "#app/channels/causes.ts";
import { startFake } from "#app/channels/viber/infobip/fake.ts";
import { expectedFate } from "#app/channels/viber/infobip/fake-fates.ts";
import { messageStateOf } from "#app/modules/messages/message-state.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { balance, deposit, moneyFaults, priceCampaign, underDealers } from "#db/testing/money.ts";
import { recount } from "#db/testing/recount.ts";
import { readBooks } from "#db/tx.ts";
import { startCallbackServer } from "./testing/callback-server.ts";
import { exitOf, startSidecar } from "./testing/sidecar-process.ts";
import { HANGS_AFTER_MS, until } from "./testing/until.ts";
import { testWire } from "./testing/wire.ts";
import { wirePool } from "./wire/pool.ts";

const PEOPLE = 20_000;
const KILLS = 20;
/** What the client and the two dealers above it pay for one message. */
const UNITS = [10, 7, 4] as const;

await testWire();
testBooks();

/** Whether a batch that was claimed after this moment is about to be called. */
async function sendsSince(atUtc: number): Promise<boolean> {
	const { rowCount } = await wirePool().query("SELECT 1 FROM wire.intents WHERE batch_id >= $1 LIMIT 1", [
		atUtc * 2048,
	]);
	return rowCount === 1;
}

it("writes to everybody exactly once although the sidecar is killed again and again", {
	timeout: 2 * HANGS_AFTER_MS,
}, async () => {
	const fake = await startFake({ apiKey: "test-key" });
	const callbacks = await startCallbackServer();
	fake.control({
		seed: randomInt(1_000_000),
		answerMs: [20, 120],
		mix: [
			{ do: "throttle", retryAfter: "0", share: 0.01 },
			{ do: "error", share: 0.01 },
			{ do: "take-then-error", share: 0.01 },
			{ do: "never-answer", share: 0.005 },
			{ do: "take-then-hang", share: 0.01 },
			{ do: "close", share: 0.01 },
			{ do: "take-then-close-half-way", share: 0.01 },
			{ do: "rubbish", share: 0.01 },
			{ do: "take-then-rubbish", share: 0.01 },
			{ do: "take-then-truncate", share: 0.005 },
			{ do: "take-then-omit", share: 0.01 },
			{ do: "take-then-shuffle", share: 0.01 },
		],
		receipts: {
			deliveryMs: [5, 400],
			seenMs: [5, 400],
			retryScale: 0.001,
			quirks: { doubled: 0.1, reversed: 0.1, early: 0.05, late: 0.05, rubbish: 0.01 },
		},
	});
	await testProvider(fake.baseUrl, { bulkSize: 10, connections: 6 });
	const phones = testPhones(PEOPLE);
	const of = await testCampaign(phones);
	const dealers = await underDealers(of.accountId, 2);
	await deposit(of.accountId, UNITS[0] * PEOPLE);
	const tiers = [of.accountId, ...dealers].map((accountId, at) => ({ accountId, unitMicros: UNITS[at]! }));
	await priceCampaign(of, { chargeOn: "accepted", refunds: true }, [{ tiers, quantity: PEOPLE }]);
	const environment = {
		PUBLIC_URL: callbacks.url,
		ASK_AFTER_MS: "200",
		CALL_TIMEOUT_MS: "700",
		SWEEP_INTERVAL_MS: "100",
		FAILOVER_STEP_MS: "100",
	};
	const state = () =>
		readBooks((tx) => tx.sql<{ state: string }>("SELECT state FROM campaigns WHERE id = ?").get(of.campaignId))!.state;
	let kills = 0;
	let begunAtUtc = Date.now();
	let sidecar = startSidecar(environment);
	try {
		while (kills < KILLS) {
			// Three of four in full swing, some calls after its first intent; the others wherever it is: start-up, recovery, preparing.
			if (kills % 4 !== 3) await until("it sends", HANGS_AFTER_MS, () => sendsSince(begunAtUtc));
			await pause(randomInt(kills % 4 === 3 ? 1_500 : 400));
			expect(state()).not.toBe("done");
			sidecar.kill("SIGKILL");
			await exitOf(sidecar);
			kills++;
			begunAtUtc = Date.now();
			sidecar = startSidecar(environment);
		}
		await until("the campaign is done", HANGS_AFTER_MS, () => state() === "done");
		const open = () =>
			readBooks((tx) =>
				tx
					.sql<{ recipient: string; state: number }>(
						"SELECT m.recipient, s.state FROM messages m JOIN message_states s ON s.id = m.id WHERE m.campaign_id = ?",
					)
					.all(of.campaignId),
			).filter((row) => messageStateOf(row.state) !== expectedFate(row.recipient).state);
		await until("every receipt is in the books", HANGS_AFTER_MS, () => open().length === 0).catch(() =>
			expect(open()).toEqual([]),
		);
	} finally {
		sidecar.kill("SIGTERM");
		await exitOf(sidecar);
		await fake.close();
		await callbacks.close();
	}
	const doubts = await wirePool().query("SELECT count(*)::int AS batches FROM wire.outcomes WHERE $1 = ANY(causes)", [
		CAUSES.process_died,
	]);
	// Most kills must have met calls under way, or this test has shown nothing.
	expect(doubts.rows[0].batches).toBeGreaterThan(KILLS / 2);
	const wrong = phones.filter((phone) => fake.provider.journal.countOf(phone) !== 1);
	expect(wrong).toEqual([]);
	const { kept, counted } = recount(of.campaignId);
	expect(kept).toEqual(counted);
	// Each that was taken and did not come to nothing is charged once, at every tier; all the rest is back.
	const lost = counted.rejected! + counted.failed! + counted.expired!;
	expect(balance(of.accountId)).toMatchObject({ availableMicros: UNITS[0] * lost, heldMicros: 0, owedMicros: 0 });
	expect(dealers.map((id) => balance(id).availableMicros)).toEqual([3 * (PEOPLE - lost), 3 * (PEOPLE - lost)]);
	expect(moneyFaults()).toEqual([]);
	const left = await wirePool().query("SELECT count(*)::int AS inbox FROM wire.receipt_inbox");
	expect(left.rows[0].inbox).toBe(0);
	expect(readBooks((tx) => tx.sql("SELECT * FROM claims").all())).toEqual([]);
});
