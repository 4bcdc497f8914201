import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, it } from "vitest";
import { FAKE_KEY, startFake } from "#app/channels/turbosms/fake.ts";
import { env, resetEnv } from "#app/lib/env.ts";
import { START_ANEW } from "#app/lib/start-anew.ts";
import { readBackupState } from "#app/modules/backup/backup-state.server.ts";
import type { Hold } from "#app/modules/backup/hold.ts";
import { readHold } from "#app/modules/backup/read-hold.server.ts";
import { addRoute } from "#app/modules/routing/testing/add-routing.ts";
import { closeBooks } from "#db/client.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { deposit, moneyFaults, priceCampaign, underDealers } from "#db/testing/money.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { type CallGate, openCallGate } from "./testing/call-gate.ts";
import { startCallbackServer } from "./testing/callback-server.ts";
import { exitOf, startSidecar } from "./testing/sidecar-process.ts";
import { HANGS_AFTER_MS, until } from "./testing/until.ts";
import { testWire } from "./testing/wire.ts";
import { closeWire } from "./wire/pool.ts";

// Of the original, and one that knows nothing of it.
const wires = { original: await testWire(), other: await testWire() };
testBooks();

const PEOPLE = 200;
const UNITS = [10, 7] as const;
const phones = testPhones(PEOPLE);
const late = testPhones(30, 2_000_000);
const run = promisify(execFile);

let fake: Awaited<ReturnType<typeof startFake>>;
let gate: CallGate;
let callbacks: Awaited<ReturnType<typeof startCallbackServer>>;
/** Half sent when the copy is made; not begun then; to begin in an hour. */
let half: TestTenant;
let unbegun: TestTenant;
let scheduled: TestTenant;

beforeEach(async () => {
	await useWire(wires.original);
	callbacks = await startCallbackServer();
	// It takes whatever it is told, however often: nothing but books and wire keeps anybody from being written to twice.
	fake = await startFake();
	fake.control({ answerMs: [20, 40], receipts: { deliveryMs: [1, 20], seenMs: [1, 20] } });
	gate = await openCallGate(fake);
	half = await testCampaign(phones);
	unbegun = await testCampaign(late);
	scheduled = await testCampaign(testPhones(20, 3_000_000));
	const [dealer] = await underDealers(half.accountId, 1);
	await deposit(half.accountId, UNITS[0] * PEOPLE);
	const tiers = [half.accountId, dealer!].map((accountId, at) => ({ accountId, unitMicros: UNITS[at]! }));
	await priceCampaign(half, { chargeOn: "accepted", refunds: true }, [{ tiers, quantity: PEOPLE }]);
	const other = { adapter: "turbosms", settings: FAKE_KEY };
	const providerId = await testProvider(gate.baseUrl, { bulkSize: 5, connections: 2, other });
	fake.callBackTo(`${callbacks.url}/hooks/${providerId}/any`);
	await inTx((tx) => {
		addRoute(tx, { accountId: 1, branch: 1, channel: "viber" }, [[providerId, 1, 1]]);
		tx.sql("UPDATE campaigns SET state = 'paused', paused_from = 'preparing' WHERE id = ?").run(unbegun.campaignId);
		tx.sql("UPDATE campaigns SET state = 'scheduled', started_at_utc = NULL, start_at_utc = ? WHERE id = ?").run(
			Date.now() + 3_600_000,
			scheduled.campaignId,
		);
	});
});
afterEach(async () => {
	await Promise.all([gate.close(), fake.close(), callbacks.close()]);
	await useWire(wires.original);
});

async function useWire(url: string): Promise<void> {
	await closeWire();
	process.env.JOBS_DATABASE_URL = url;
	resetEnv();
}

function useBooks(dataDir: string): void {
	closeBooks();
	process.env.DATA_DIR = dataDir;
	resetEnv();
}

const start = () =>
	startSidecar({
		PUBLIC_URL: callbacks.url,
		SWEEP_INTERVAL_MS: "50",
		ASK_AFTER_MS: "3600000",
		CALL_TIMEOUT_MS: String(HANGS_AFTER_MS),
	});
const program = (name: string, ...args: string[]) => run(process.execPath, [`bin/${name}.ts`, ...args]);
const written = () => fake.journal.written;
const hold = (): Hold | null => readBooks(readHold);
const campaign = ({ campaignId }: TestTenant) =>
	readBooks((tx) =>
		tx
			.sql<{ state: string; cause: string | null; pausedFrom: string | null }>(
				"SELECT state, cause, paused_from AS pausedFrom FROM campaigns WHERE id = ?",
			)
			.get(campaignId),
	)!;
const resume = ({ campaignId }: TestTenant, state: string) =>
	inTx((tx) => {
		tx.sql("UPDATE campaigns SET state = ?, paused_from = NULL, cause = NULL WHERE id = ?").run(state, campaignId);
	});

/** The original's life: half of a campaign is sent, a backup is made meanwhile, more is sent, and it dies. @returns the backup's file. */
async function original(): Promise<string> {
	const folder = join(env().DATA_DIR, "backups");
	const sidecar = start();
	try {
		await until("some to be written to", HANGS_AFTER_MS, () => written() > 40);
		gate.shut();
		const { stdout } = await program("backup");
		expect(stdout).toContain("is whole");
		expect(readBooks(readBackupState).lastGood?.path, "the page shows it").toContain(folder);
		const atBackup = written();
		// What only the original knows, a campaign that it began after the copy among it.
		await resume(unbegun, "preparing");
		gate.open();
		await until("more to be written to", HANGS_AFTER_MS, () => written() > atBackup + 20 && some(late) > 5);
	} finally {
		gate.shut();
		sidecar.kill("SIGKILL");
		await exitOf(sidecar);
	}
	await until("the provider to have answered what it has taken", HANGS_AFTER_MS, () => gate.inHand === 0);
	gate.open();
	return join(folder, readdirSync(folder).find((name) => name.endsWith(".json"))!);
}

const some = (of: string[]) => of.filter((phone) => fake.journal.countOf(phone) > 0).length;
const twice = () => [...phones, ...late].filter((phone) => fake.journal.countOf(phone) > 1);

/** Into a fresh place; this process looks at it from here on. */
async function restore(file: string, fresh: string): Promise<void> {
	const { stdout } = await program("restore", file, "--to", fresh);
	expect(stdout).toMatch(/proved: \d+ transfers/);
	await expect(program("restore", file, "--to", fresh), "over what is there").rejects.toMatchObject({ code: 1 });
	useBooks(fresh);
	expect(hold()).toMatchObject({ wire: null, asked: null });
}

/** The sidecar as the supervisor keeps it: begun anew when it asks for that. */
async function whileHeld(look: () => Promise<void>, then: () => Promise<void>): Promise<void> {
	let sidecar = start();
	try {
		await look();
		const ended = exitOf(sidecar);
		await program("restore", "--release", "--to", env().DATA_DIR, "--yes");
		expect(await ended).toBe(START_ANEW);
		expect(hold()).toBeNull();
		sidecar = start();
		await then();
	} finally {
		sidecar.kill("SIGTERM");
		await exitOf(sidecar);
	}
}

function countedRight(of: TestTenant): ReturnType<typeof recount>["kept"] {
	const { kept, counted } = recount(of.campaignId);
	expect(kept).toEqual(counted);
	return kept;
}

/** Beside a Postgres that knows nothing of the original: nobody can tell whom that has written to since. */
async function wireIsGone(file: string, fresh: string): Promise<void> {
	await restore(file, fresh);
	await useWire(wires.other);
	const [before, came] = [written(), gate.came];
	const used = readBooks((tx) => tx.sql("SELECT next_id FROM id_ranges WHERE name = 'messages'").pluck().get());
	expect(countedRight(half).claimed, "the copy was made while calls were under way").toBeGreaterThan(0);
	await whileHeld(
		async () => {
			await until("the copy to have looked", HANGS_AFTER_MS, () => hold()?.wire === "lost");
		},
		async () => {
			for (const [of, pausedFrom] of [
				[half, "sending"],
				[unbegun, "preparing"],
				[scheduled, "scheduled"],
			] as const)
				expect(campaign(of)).toEqual({ state: "paused", cause: "restored", pausedFrom });
			expect(countedRight(half).claimed, "nobody knows whether they were called").toBe(0);
			expect(gate.came).toBe(came);
			// Somebody new is written to, under an id that the original has never had: everything works again.
			const fresh = await testCampaign(["+380671999999"]);
			await until("the new one to be done", HANGS_AFTER_MS, () => campaign(fresh).state === "done");
			const id = readBooks((tx) =>
				tx.sql("SELECT id FROM messages WHERE campaign_id = ?").pluck().get(fresh.campaignId),
			);
			expect(id).toBeGreaterThan(Number(used) + PEOPLE * 1_000);
		},
	);
	expect(written()).toBe(before + 1);
	expect(moneyFaults()).toEqual([]);
	await useWire(wires.original);
}

/** Beside the original's own Postgres: whatever that has sent since is known, and it goes on from there. */
async function wireIsWhole(file: string, fresh: string): Promise<void> {
	await restore(file, fresh);
	// Meanwhile its time came.
	await inTx((tx) => void tx.sql("UPDATE campaigns SET start_at_utc = 1 WHERE id = ?").run(scheduled.campaignId));
	const came = gate.came;
	await whileHeld(
		async () => {
			await until("the copy to know what the original has sent", HANGS_AFTER_MS, () => hold()?.wire === "whole");
			expect(countedRight(half).queued, "by the wire, not by the copy").toBeLessThanOrEqual(PEOPLE - some(phones));
			await until("receipts to be applied all the same", HANGS_AFTER_MS, () => {
				const { handed_over, sent, delivered, read } = countedRight(half);
				return handed_over! + sent! + delivered! === 0 && read! > 0;
			});
			expect(gate.came).toBe(came);
		},
		async () => {
			expect(campaign(scheduled)).toEqual({ state: "paused", cause: "restored", pausedFrom: "scheduled" });
			await resume(unbegun, "preparing");
			// Not "done": what is in doubt is asked about for a day.
			await until("nobody to be left", HANGS_AFTER_MS, () => {
				const left = [half, unbegun]
					.map(countedRight)
					.reduce((sum, { queued, claimed }) => sum + queued! + claimed!, 0);
				return left === 0 && ["sending", "done"].includes(campaign(unbegun).state);
			});
		},
	);
	// Whoever was in a call when the original died is in doubt, and left so: this provider cannot be asked.
	expect(some(phones)).toBeGreaterThanOrEqual(PEOPLE - countedRight(half).unknown!);
	expect(some(late)).toBeGreaterThanOrEqual(late.length - countedRight(unbegun).unknown!);
	expect(moneyFaults()).toEqual([]);
}

it("a restored copy sends nothing until it is released, and then writes to nobody to whom the original has written", {
	timeout: 4 * HANGS_AFTER_MS,
}, async () => {
	const { DATA_DIR } = env();
	const file = await original();
	await wireIsGone(file, join(DATA_DIR, "fresh-1"));
	await wireIsWhole(file, join(DATA_DIR, "fresh-2"));
	expect(twice()).toEqual([]);
});
