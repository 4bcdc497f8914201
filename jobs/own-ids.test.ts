import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { FAKE_KEY, startFake } from "#app/channels/turbosms/fake.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { MESSAGE_STATE, messageStateOf } from "#app/modules/messages/message-state.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { recount } from "#db/testing/recount.ts";
import { readBooks } from "#db/tx.ts";
import { startCallbackServer } from "./testing/callback-server.ts";
import { exitOf, startSidecar } from "./testing/sidecar-process.ts";
import { HANGS_AFTER_MS, until } from "./testing/until.ts";
import { testWire } from "./testing/wire.ts";
import { wirePool } from "./wire/pool.ts";

const PEOPLE = 2_000;
const KILLS = 2;
const BULK_SIZE = 20;
const CONNECTIONS = 4;

await testWire();
testBooks();

it("finds every message by its provider's own id, early receipts and killed sidecars and all", {
	timeout: 2 * HANGS_AFTER_MS,
}, async () => {
	const fake = await startFake();
	const callbacks = await startCallbackServer();
	// Most receipts come before the outcome that brings the id: a batch's are written twice a second.
	fake.control({ answerMs: [20, 100], receipts: { deliveryMs: [0, 50], seenMs: [0, 50] } });
	const { baseUrl } = fake;
	const how = { bulkSize: BULK_SIZE, connections: CONNECTIONS, other: { adapter: "turbosms", settings: FAKE_KEY } };
	const providerId = await testProvider(baseUrl, how);
	fake.callBackTo(`${callbacks.url}/hooks/${providerId}/any`);
	const phones = testPhones(PEOPLE);
	const of = await testCampaign(phones);
	await freezeAudience(of);
	const environment = { PUBLIC_URL: callbacks.url, SWEEP_INTERVAL_MS: "100", ASK_AFTER_MS: "200" };
	const states = () =>
		readBooks((tx) =>
			tx
				.sql<{ recipient: string; state: number }>(
					"SELECT m.recipient, s.state FROM messages m JOIN message_states s ON s.id = m.id WHERE m.campaign_id = ?",
				)
				.all(of.campaignId),
		);
	const waiting = () => states().filter(({ state }) => state < MESSAGE_STATE.handed_over).length;
	const taken = () => fake.journal.written;
	let sidecar = startSidecar(environment);
	try {
		for (let kill = 0; kill < KILLS; kill++) {
			const before = taken();
			await until("it sends, or has nothing left to send", HANGS_AFTER_MS, () => taken() > before || waiting() === 0);
			await pause(randomInt(300));
			sidecar.kill("SIGKILL");
			await exitOf(sidecar);
			sidecar = startSidecar(environment);
		}
		const open = () => states().filter(({ state }) => !["read", "unknown"].includes(messageStateOf(state)));
		// A receipt that was early waits as long again as it has waited before it is looked at anew.
		await until("everybody's fate is in the books", HANGS_AFTER_MS, () => open().length === 0).catch(() =>
			expect(open()).toEqual([]),
		);
	} finally {
		sidecar.kill("SIGTERM");
		await exitOf(sidecar);
		await fake.close();
		await callbacks.close();
	}
	for (const { recipient, state } of states()) {
		// Whose call was cut off may have been written to, and nobody can ever say; they are never written to again.
		const isDoubtful = messageStateOf(state) === "unknown";
		expect([recipient, fake.journal.countOf(recipient)]).toEqual([
			recipient,
			isDoubtful ? expect.toBeOneOf([0, 1]) : 1,
		]);
	}
	// A kill leaves no more in doubt than its two claims of what is called at that moment (claim-shape.ts).
	expect(states().filter(({ state }) => messageStateOf(state) === "unknown").length).toBeLessThanOrEqual(
		KILLS * 2 * CONNECTIONS * BULK_SIZE,
	);
	const { kept, counted } = recount(of.campaignId);
	expect(kept).toEqual(counted);
	// Each one that has an outcome was found: nothing waits but what is about those in doubt.
	const { rows } = await wirePool().query(
		"SELECT count(*)::int AS known FROM wire.message_ids WHERE provider_id = $1",
		[providerId],
	);
	expect(rows[0].known).toBe(states().filter(({ state }) => messageStateOf(state) === "read").length);
});
