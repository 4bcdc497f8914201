import type { ChildProcess } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CAUSES } from "#app/channels/causes.ts";
import { type Fake, startFake } from "#app/channels/viber/infobip/fake.ts";
import { resetEnv } from "#app/lib/env.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { balance, deposit, moneyFaults, priceCampaign } from "#db/testing/money.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { exitOf, startSender, startSidecar } from "./testing/sidecar-process.ts";
import { until } from "./testing/until.ts";
import { testWire } from "./testing/wire.ts";
import { wirePool } from "./wire/pool.ts";

await testWire();
testBooks();

const WAIT_MS = 120_000;
const ENVIRONMENT = {
	ASK_AFTER_MS: "300",
	CALL_TIMEOUT_MS: "5000",
	SWEEP_INTERVAL_MS: "100",
	FAILOVER_STEP_MS: "60000",
	SENDER_LEASE_MS: "1000",
};
const PEOPLE = 3_000;
const UNIT = 10;

let fake: Fake;
let of: TestTenant;
const processes = new Set<ChildProcess>();

beforeEach(async () => {
	Object.assign(process.env, ENVIRONMENT);
	resetEnv();
	await wirePool().query("TRUNCATE wire.senders, wire.offers, wire.lent_lines, wire.lent_places, wire.provider_health");
	fake = await startFake({ apiKey: "test-key" });
	fake.control({ answerMs: [20, 60], receipts: { deliveryMs: [3_600_000, 3_600_001] } });
	of = await testCampaign(testPhones(PEOPLE));
	await testProvider(fake.baseUrl, { bulkSize: 10, connections: 8 });
});
afterEach(async () => {
	await Promise.all(
		[...processes].map((one) => {
			one.kill("SIGCONT");
			one.kill("SIGTERM");
			return exitOf(one);
		}),
	);
	processes.clear();
	await fake.close();
});

function sidecar(): ChildProcess {
	const child = startSidecar();
	processes.add(child);
	return child;
}

/** A sender that has registered. */
async function sender(): Promise<{ child: ChildProcess; id: number }> {
	const known = new Set(await senders());
	const child = startSender();
	processes.add(child);
	const id = await until("it registers", WAIT_MS, async () => (await senders()).find((one) => !known.has(one)));
	return { child, id };
}

async function senders(): Promise<number[]> {
	const { rows } = await wirePool().query<{ id: number }>(
		"SELECT id FROM wire.senders WHERE dead_at IS NULL ORDER BY id",
	);
	return rows.map(({ id }) => id);
}

const holds = (id: number) =>
	until(`sender ${id} has a batch`, WAIT_MS, async () => {
		const { rowCount } = await wirePool().query("SELECT 1 FROM wire.offers WHERE holder = $1 AND news IS NULL", [id]);
		return rowCount;
	});

const state = () =>
	readBooks((tx) => tx.sql<string>("SELECT state FROM campaigns WHERE id = ?").pluck().get(of.campaignId));

/** Whoever was killed and whenever: everybody once, and all stores say the same. */
async function everybodyOnce(): Promise<void> {
	await until("the campaign is done", WAIT_MS, () => state() === "done");
	expect(testPhones(PEOPLE).filter((phone) => fake.provider.journal.countOf(phone) !== 1)).toEqual([]);
	const { kept, counted } = recount(of.campaignId);
	expect(kept).toEqual(counted);
	expect(kept).toMatchObject({ handed_over: PEOPLE, queued: 0, claimed: 0, unknown: 0 });
	expect(readBooks((tx) => tx.sql("SELECT * FROM claims").all())).toEqual([]);
	await until("no offer is left", WAIT_MS, async () => {
		const { rowCount } = await wirePool().query("SELECT 1 FROM wire.offers WHERE NOT is_settled");
		return rowCount === 0;
	});
}

describe("sending nodes", { timeout: 600_000 }, () => {
	it("join, leave and are killed while a campaign runs, and so is the process with the books: everybody is written to once, and charged once", async () => {
		await deposit(of.accountId, UNIT * PEOPLE);
		await priceCampaign(of, { chargeOn: "accepted", refunds: true }, [
			{ tiers: [{ accountId: of.accountId, unitMicros: UNIT }], quantity: PEOPLE },
		]);
		await freezeAudience(of);
		// So many a second, whoever calls: then there are many batches, and the campaign lasts for seconds however fast the machine is.
		await inTx((tx) => tx.sql("UPDATE providers SET per_second = 150").run());
		const first = await sender();
		const second = await sender();
		const books = sidecar();
		await holds(first.id);
		await holds(second.id);
		await until("calls are under way", WAIT_MS, () => fake.provider.journal.written > 0);
		first.child.kill("SIGKILL");
		// Who comes next takes in what the senders have said meanwhile.
		books.kill("SIGKILL");
		await exitOf(books);
		sidecar();
		await sender();
		second.child.kill("SIGTERM");
		expect(await exitOf(second.child)).toBe(0);
		const left = await wirePool().query("SELECT 1 FROM wire.offers WHERE holder = $1 AND news IS NULL", [second.id]);
		expect(left.rowCount).toBe(0);
		await everybodyOnce();
		const doubts = await wirePool().query("SELECT 1 FROM wire.outcomes WHERE $1 = ANY(causes)", [CAUSES.process_died]);
		expect(doubts.rowCount).toBeGreaterThan(0);
		expect(balance(of.accountId)).toMatchObject({ availableMicros: 0, heldMicros: 0, owedMicros: 0 });
		expect(moneyFaults()).toEqual([]);
	});

	it("frozen until it was given up, one begins no call of what it had; another sends the rest", async () => {
		await freezeAudience(of);
		const frozen = await sender();
		sidecar();
		await holds(frozen.id);
		frozen.child.kill("SIGSTOP");
		await until("it is given up", WAIT_MS, async () => !(await senders()).includes(frozen.id));
		await sender();
		frozen.child.kill("SIGCONT");
		await everybodyOnce();
		await until("it lives again under another id", WAIT_MS, async () => (await senders()).length === 2);
	});
});
