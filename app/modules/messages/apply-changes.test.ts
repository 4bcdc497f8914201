import { describe, expect, it } from "vitest";
import fc from "#app/testing/fc.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones } from "#db/testing/campaign.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { applyChanges, type Change } from "./apply-changes.server.ts";
import { freezeAudience } from "./freeze-audience.server.ts";
import { floorOf, MESSAGE_STATE, moves } from "./message-state.ts";

const RECEIPT_STATES = ["handed_over", "sent", "delivered", "read", "failed", "expired", "rejected"] as const;
const BAD = new Set(["failed", "expired", "rejected"]);
const MESSAGES = 12;

testBooks("file");

async function frozen(): Promise<{ campaignId: number; first: number }> {
	const of = await testCampaign(testPhones(MESSAGES));
	await freezeAudience(of);
	const first = readBooks((tx) =>
		tx.sql<{ f: number }>("SELECT first_message_id AS f FROM campaigns WHERE id = ?").get(of.campaignId),
	)!.f;
	// As if claimed: the state that answers and receipts meet.
	await inTx((tx) => {
		tx.sql("UPDATE message_states SET state = 1 WHERE id BETWEEN ? AND ?").run(first, first + MESSAGES - 1);
		tx.sql("UPDATE campaign_counters SET queued = 0, claimed = ? WHERE campaign_id = ?").run(MESSAGES, of.campaignId);
	});
	return { campaignId: of.campaignId, first };
}

function statesOf(first: number): number[] {
	return readBooks((tx) =>
		tx
			.sql<{ state: number }>("SELECT state FROM message_states WHERE id BETWEEN ? AND ? ORDER BY id")
			.all(first, first + MESSAGES - 1)
			.map((row) => row.state),
	);
}

const receipt = fc.record({
	offset: fc.integer({ min: 0, max: MESSAGES - 1 }),
	state: fc.constantFrom(...RECEIPT_STATES),
	attempt: fc.constantFrom(1, 1, 1, 2),
});
type Drawn = { offset: number; state: (typeof RECEIPT_STATES)[number]; attempt: number };

function changesOf(drawn: Drawn[], first: number): Change[] {
	return drawn.map((one) => ({
		messageId: first + one.offset,
		attempt: one.attempt,
		to: MESSAGE_STATE[one.state],
		cause: BAD.has(one.state) ? 5 : null,
		at: 1_700_000_000,
	}));
}

describe("applying changes", () => {
	it("never lowers a state, and keeps counters equal to a recount, whatever comes in whatever batches", async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(fc.array(receipt, { maxLength: 20 }), { maxLength: 6 }), async (batches) => {
				const { campaignId, first } = await frozen();
				let before = statesOf(first);
				for (const batch of batches) {
					await inTx((tx) => applyChanges(tx, changesOf(batch, first)));
					const after = statesOf(first);
					for (let i = 0; i < MESSAGES; i++) expect(floorOf(after[i]!)).toBeGreaterThanOrEqual(floorOf(before[i]!));
					before = after;
				}
				const { kept, counted } = recount(campaignId);
				expect(kept).toEqual(counted);
			}),
			{ numRuns: 60 },
		);
	});

	it("comes to the same class of state in any order and however often repeated", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(receipt, { maxLength: 30 }).chain((list) =>
					fc.record({
						list: fc.constant(list),
						shuffled: fc.shuffledSubarray([...list, ...list], { minLength: list.length * 2 }),
					}),
				),
				async ({ list, shuffled }) => {
					const one = await frozen();
					await inTx((tx) => applyChanges(tx, changesOf(list, one.first)));
					const other = await frozen();
					for (const each of shuffled) await inTx((tx) => applyChanges(tx, changesOf([each], other.first)));
					expect(statesOf(other.first).map(floorOf)).toEqual(statesOf(one.first).map(floorOf));
				},
			),
			{ numRuns: 40 },
		);
	});

	it("passes over ids that no campaign has, and leaves other campaigns alone", async () => {
		const one = await frozen();
		const other = await frozen();
		const delivered = { attempt: 1, to: MESSAGE_STATE.delivered, cause: null, at: 1 };
		await inTx((tx) =>
			applyChanges(tx, [
				{ ...delivered, messageId: one.first },
				{ ...delivered, messageId: 9_007_199_254_740_000 },
			]),
		);
		expect(statesOf(one.first)[0]).toBe(MESSAGE_STATE.delivered);
		expect(new Set(statesOf(other.first))).toEqual(new Set([MESSAGE_STATE.claimed]));
	});

	it("does not let bad news about an old attempt end the current one", async () => {
		const { first } = await frozen();
		await inTx((tx) => tx.sql("UPDATE message_states SET attempt = 2 WHERE id = ?").run(first));
		const news = { messageId: first, attempt: 1, at: 1 };
		await inTx((tx) => applyChanges(tx, [{ ...news, to: MESSAGE_STATE.failed, cause: 5 }]));
		expect(statesOf(first)[0]).toBe(MESSAGE_STATE.claimed);
		await inTx((tx) => applyChanges(tx, [{ ...news, to: MESSAGE_STATE.delivered, cause: null }]));
		expect(statesOf(first)[0]).toBe(MESSAGE_STATE.delivered);
	});

	it("lets a failure become delivered, and nothing fall back", () => {
		expect(moves(MESSAGE_STATE.failed, MESSAGE_STATE.delivered)).toBe(true);
		expect(moves(MESSAGE_STATE.expired, MESSAGE_STATE.read)).toBe(true);
		expect(moves(MESSAGE_STATE.expired, MESSAGE_STATE.failed)).toBe(false);
		expect(moves(MESSAGE_STATE.rejected, MESSAGE_STATE.expired)).toBe(false);
		expect(moves(MESSAGE_STATE.delivered, MESSAGE_STATE.sent)).toBe(false);
		expect(moves(MESSAGE_STATE.unknown, MESSAGE_STATE.handed_over)).toBe(true);
	});
});
