import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CAUSES } from "#app/channels/causes.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones } from "#db/testing/campaign.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { applyChanges } from "./apply-changes.server.ts";
import { claimMessages } from "./claim-messages.server.ts";
import { closeSilent } from "./close-silent.server.ts";
import { freezeAudience } from "./freeze-audience.server.ts";
import { MESSAGE_STATE, type MessageState } from "./message-state.ts";
import { RESULT } from "./result.ts";
import { settleBatch } from "./settle-batch.server.ts";
import { SILENCE_SECONDS } from "./validity.ts";

testBooks();

beforeEach(() => {
	vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 4, 1, 12) });
});
afterEach(() => {
	vi.useRealTimers();
});

const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);
const firstOf = (of: TestTenant) =>
	readBooks((tx) =>
		tx.sql<{ f: number }>("SELECT first_message_id AS f FROM campaigns WHERE id = ?").get(of.campaignId),
	)!.f;

/** A campaign whose messages' calls have all ended so. */
async function sent(people: number, result: number = RESULT.handedOver): Promise<TestTenant> {
	const of = await testCampaign(testPhones(people));
	await freezeAudience(of);
	const batch = await inTx((tx) => claimMessages(tx, { ...of, providerId: 1, owner: "t", from: 0, size: 1e6 }));
	const results = batch!.recipients.map(() => result);
	const causes = results.map(() => (result === RESULT.unknown ? CAUSES.call_timed_out : 0));
	const when = { owner: null, askAtUtc: Date.now(), asked: 0, claimedAtUtc: Date.now() };
	await inTx((tx) => settleBatch(tx, { ...batch!, results, causes, ...when }));
	return of;
}

async function told(of: TestTenant, to: MessageState, places: number[]): Promise<void> {
	const first = firstOf(of);
	const at = Math.floor(Date.now() / 1000);
	const change = { attempt: 0, to: MESSAGE_STATE[to], cause: to === "failed" ? CAUSES.unreachable : null, at };
	await inTx(
		(tx) =>
			void applyChanges(
				tx,
				places.map((place) => ({ messageId: first + place, ...change })),
			),
	);
}

const states = (of: TestTenant) =>
	readBooks((tx) =>
		tx
			.sql<{ state: number; cause: number | null }>(
				"SELECT s.state, s.cause FROM messages m JOIN message_states s ON s.id = m.id WHERE m.campaign_id = ? ORDER BY m.id",
			)
			.all(of.campaignId)
			.map(({ state, cause }) => (cause === null ? state : [state, cause])),
	);
const due = (of: TestTenant) =>
	readBooks((tx) =>
		tx.sql<{ at: number }>("SELECT due_at_utc AS at FROM receipt_waits WHERE campaign_id = ?").get(of.campaignId),
	)?.at;
const SILENT = [MESSAGE_STATE.expired, CAUSES.no_receipt];

function expectCounted(of: TestTenant): void {
	const { kept, counted } = recount(of.campaignId);
	expect(kept).toEqual(counted);
}

describe("messages that nobody reports on", () => {
	it("are closed once the time for a report is over, not a second before, and nothing else is", async () => {
		const of = await sent(6);
		const other = await sent(2);
		expect(due(of)).toBe(Date.now() + SILENCE_SECONDS * 1000);
		await told(of, "sent", [1]);
		await told(of, "delivered", [2]);
		await told(of, "read", [3]);
		await told(of, "failed", [4]);
		pass(SILENCE_SECONDS - 1);
		await closeSilent(of);
		expect(states(of)).toEqual([10, 20, 50, 60, [41, CAUSES.unreachable], 10]);
		pass(1);
		await closeSilent(of);
		expect(states(of)).toEqual([SILENT, SILENT, 50, 60, [41, CAUSES.unreachable], SILENT]);
		expect(states(other), "another tenant's").toEqual([10, 10]);
		expectCounted(of);
		expect(due(of), "nothing is on its way any more").toBeUndefined();
		expect(due(other)).toBeDefined();
	});

	it("count from the last that was heard of them, and are looked for again", async () => {
		const of = await sent(2);
		pass(SILENCE_SECONDS - 600);
		await told(of, "sent", [1]);
		pass(600);
		await closeSilent(of);
		expect(states(of)).toEqual([SILENT, 20]);
		expect(due(of)).toBe(Date.now() + 3_600_000);
		pass(SILENCE_SECONDS);
		await closeSilent(of);
		expect(states(of)).toEqual([SILENT, SILENT]);
		expect(due(of)).toBeUndefined();
	});

	it("may still become delivered: late success is real", async () => {
		const of = await sent(2);
		pass(SILENCE_SECONDS);
		await closeSilent(of);
		await told(of, "delivered", [1]);
		await told(of, "failed", [0]);
		expect(states(of)).toEqual([SILENT, 50]);
		expectCounted(of);
	});

	it("of unknown outcome are left to those who ask, and closed once nobody asks any more", async () => {
		const of = await sent(3, RESULT.unknown);
		pass(SILENCE_SECONDS * 2);
		await closeSilent(of);
		expect(states(of)).toEqual(Array(3).fill([MESSAGE_STATE.unknown, CAUSES.call_timed_out]));
		await inTx((tx) => void tx.sql("DELETE FROM claims WHERE campaign_id = ?").run(of.campaignId));
		await closeSilent(of);
		expect(states(of)).toEqual([SILENT, SILENT, SILENT]);
		expectCounted(of);
		const { state } = readBooks((tx) =>
			tx.sql<{ state: string }>("SELECT state FROM campaigns WHERE id = ?").get(of.campaignId),
		)!;
		expect(state, "and the campaign ends").toBe("done");
	});

	it("are found in many slices, and a run that is cut begins anew", async () => {
		const of = await sent(11_000);
		pass(SILENCE_SECONDS);
		const cut = new AbortController();
		cut.abort();
		await closeSilent(of, cut.signal);
		const { kept } = recount(of.campaignId);
		expect(kept.expired).toBe(5_000);
		expect(due(of), "due as before").toBeLessThanOrEqual(Date.now());
		await Promise.all([closeSilent(of), closeSilent(of)]);
		expect(recount(of.campaignId).kept.expired).toBe(11_000);
		expectCounted(of);
	});

	it("are nobody's to close under a wrong account", async () => {
		const of = await sent(2);
		const other = await sent(2);
		pass(SILENCE_SECONDS);
		await closeSilent({ campaignId: of.campaignId, accountId: other.accountId });
		expect(states(of)).toEqual([10, 10]);
		expect(due(of)).toBeDefined();
	});
});
