import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import { FAKE_KEY, startFake } from "#app/channels/turbosms/fake.ts";
import { env, resetEnv } from "#app/lib/env.ts";
import { applyReceipts } from "#app/modules/delivery/apply-receipts.server.ts";
import { closeLines } from "#app/modules/delivery/provider-line.server.ts";
import { recoverClaims } from "#app/modules/delivery/recover-claims.server.ts";
import { allBatchesEnded, forgetProgress } from "#app/modules/delivery/send-progress.ts";
import { sendSlice } from "#app/modules/delivery/send-slice.server.ts";
import { setWireMark } from "#app/modules/delivery/wire-mark.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { addRoute } from "#app/modules/routing/testing/add-routing.ts";
import { booksPath, closeBooks, writeConnection } from "#db/client.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { deposit, moneyFaults, priceCampaign, underDealers } from "#db/testing/money.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { takeOver } from "./take-over.ts";
import { startCallbackServer } from "./testing/callback-server.ts";
import { until } from "./testing/until.ts";
import { testWire } from "./testing/wire.ts";

await testWire();
testBooks();

/** Providers that take whatever they are told, however often: nothing but the books and the wire keeps anybody from being written to twice. */
type Fake = Awaited<ReturnType<typeof startFake>>;

const PEOPLE = 300;
const WRITTEN_A_SNAPSHOT = 40;
/** From this snapshot on or soon after, the books bear a younger mark. */
const MARK_BEFORE = 5;
/** What the client and the two dealers above it pay for one message. */
const UNITS = [10, 7, 4] as const;
const phones = testPhones(PEOPLE);
let fakes: Fake[];
let callbacks: Awaited<ReturnType<typeof startCallbackServer>>;
let of: TestTenant;
let snapshots: string[];

beforeEach(async () => {
	callbacks = await startCallbackServer();
	Object.assign(process.env, { PUBLIC_URL: callbacks.url, FAILOVER_STEP_MS: "60000", ASK_AFTER_MS: "3600000" });
	resetEnv();
	fakes = await Promise.all([0, 1].map(() => startFake()));
	of = await testCampaign(phones);
	const dealers = await underDealers(of.accountId, 2);
	await deposit(of.accountId, UNITS[0] * PEOPLE);
	const tiers = [of.accountId, ...dealers].map((accountId, at) => ({ accountId, unitMicros: UNITS[at]! }));
	await priceCampaign(of, { chargeOn: "accepted", refunds: true }, [{ tiers, quantity: PEOPLE }]);
	snapshots = [];
	const ids: number[] = [];
	for (const fake of fakes) {
		const how = { bulkSize: 10, connections: 2, other: { adapter: "turbosms", settings: FAKE_KEY } };
		const providerId = await testProvider(fake.baseUrl, how);
		fake.callBackTo(`${callbacks.url}/hooks/${providerId}/any`);
		ids.push(providerId);
	}
	await inTx((tx) =>
		addRoute(
			tx,
			{ accountId: 1, branch: 1, channel: "viber" },
			ids.map((id) => [id, 1, 1]),
		),
	);
});
afterEach(async () => {
	await closeLines();
	forgetProgress(of.campaignId);
	await Promise.all(fakes.map((fake) => fake.close()));
	await callbacks.close();
});

/** The books as a standby may have them at this moment. */
function snapshot(): void {
	const path = join(env().DATA_DIR, `snapshot-${snapshots.length}.db`);
	writeConnection().raw.prepare("VACUUM INTO ?").run(path);
	snapshots.push(path);
}

async function restore(path: string): Promise<void> {
	await closeLines();
	closeBooks();
	forgetProgress(of.campaignId);
	for (const end of ["", "-wal", "-shm"]) rmSync(`${booksPath()}${end}`, { force: true });
	copyFileSync(path, booksPath());
}

async function sendAll(look = () => {}): Promise<void> {
	await freezeAudience(of);
	const context = {
		owner: "test",
		isStopping() {
			look();
			return false;
		},
	};
	for (;;) {
		const end = await sendSlice(of, context, Date.now() + 300_000);
		await allBatchesEnded();
		if (end.next === "nothing") return;
		if (end.next === "again") await pause(end.afterMs);
	}
}

interface Told {
	recipient: string;
	state: number;
	cause: number | null;
	providerId: number;
	attempt: number;
}

const told = () =>
	readBooks((tx) =>
		tx
			.sql<Told>(
				`SELECT m.recipient, s.state, s.cause, s.provider_id AS providerId, s.attempt FROM messages m
				   JOIN message_states s ON s.id = m.id WHERE m.campaign_id = ? ORDER BY m.recipient`,
			)
			.all(of.campaignId),
	);

function everybodyOnce(): void {
	const counts = phones.map((phone) => [phone, fakes.reduce((sum, { journal }) => sum + journal.countOf(phone), 0)]);
	expect(counts.filter(([, count]) => count !== 1)).toEqual([]);
	const { kept, counted } = recount(of.campaignId);
	expect(kept).toEqual(counted);
	expect(moneyFaults()).toEqual([]);
}

it("books that go back in time are brought up to what the wire knows, and nobody is written to twice", {
	timeout: 300_000,
}, async () => {
	let marked: Promise<void> | undefined;
	snapshot();
	await setWireMark();
	await freezeAudience(of);
	snapshot();
	// Put back under a new attempt, or in doubt for good: such a provider cannot be asked.
	const mix = [
		{ do: "throttle", retryAfter: "0", share: 0.05 },
		{ do: "take-then-close-half-way", share: 0.05 },
	] as const;
	for (const fake of fakes)
		fake.control({ answerMs: [1, 20], mix: [...mix], receipts: { deliveryMs: [1, 20], seenMs: [1, 20] } });
	const written = () => fakes.reduce((sum, { journal }) => sum + journal.written, 0);
	// In the middle of things: it is asked before each call.
	await sendAll(() => {
		if (written() < (snapshots.length - 1) * WRITTEN_A_SNAPSHOT) return;
		if (snapshots.length === MARK_BEFORE) marked = setWireMark();
		snapshot();
	});
	await marked;
	await until("all receipts are here", 60_000, async () => {
		await applyReceipts();
		return told().every(({ state }) => state === MESSAGE_STATE.read || state === MESSAGE_STATE.unknown);
	});
	everybodyOnce();
	const asItWas = told();
	expect(snapshots.length).toBeGreaterThan(PEOPLE / WRITTEN_A_SNAPSHOT / 2);
	for (const [at, path] of snapshots.entries()) {
		await restore(path);
		let isOpen = false;
		const report = await takeOver(at + 1, async () => {
			// People write again from here on: by then nobody who was called, or may have been, is queued at that attempt.
			expect(await recoverClaims()).toBe(0);
			isOpen = true;
		});
		expect(isOpen).toBe(true);
		// A second time there is nothing left to do.
		expect(await takeOver(at + 1, async () => {})).toMatchObject({ retaken: 0, claims: 0 });
		await sendAll();
		everybodyOnce();
		if (report.missing === 0) expect(told()).toEqual(asItWas);
	}
});
