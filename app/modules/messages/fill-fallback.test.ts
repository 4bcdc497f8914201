import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CAUSES } from "#app/channels/causes.ts";
import { FALLBACK_REASONS, WATCH_SECONDS } from "#app/modules/fallback/fallback-rule.ts";
import type { FallbackInput } from "#app/modules/fallback/save-fallback.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { testPhones } from "#db/testing/campaign.ts";
import { peopleOf, type TestLegs, testLegs } from "#db/testing/fallback.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { applyChanges } from "./apply-changes.server.ts";
import { claimMessages } from "./claim-messages.server.ts";
import { closeQueued } from "./close-queued.server.ts";
import { FILL_ROWS, fillFallback } from "./fill-fallback.server.ts";
import { freezeAudience } from "./freeze-audience.server.ts";
import { MESSAGE_STATE, type MessageState } from "./message-state.ts";
import { RESULT } from "./result.ts";
import { settleBatch } from "./settle-batch.server.ts";

testBooks();

const HOUR = 3600;
const PEOPLE = 8;
let of: TestLegs;

beforeEach(() => {
	vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 4, 1, 12) });
});
afterEach(() => {
	vi.useRealTimers();
});

const pass = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

/** Frozen, and every first message handed over; with `result` otherwise. */
async function handedOver(rule: Partial<FallbackInput>, people = PEOPLE, result: number = RESULT.handedOver) {
	of = await testLegs(testPhones(people), rule);
	await freezeAudience(of);
	await sendQueued(of, result);
}

/** Claims what is queued of a leg, and has all of it end so. */
async function sendQueued(leg: { accountId: number; campaignId: number }, result: number, cause = 0): Promise<number> {
	for (let sent = 0; ; ) {
		const batch = await inTx((tx) => claimMessages(tx, { ...leg, providerId: 1, owner: "t", from: 0, size: 1e7 }));
		if (!batch) return sent;
		const results = batch.recipients.map(() => result);
		const causes = batch.recipients.map(() => cause);
		const when = { owner: null, askAtUtc: Date.now(), asked: 0, claimedAtUtc: Date.now() };
		await inTx((tx) => settleBatch(tx, { ...batch, results, causes, ...when }));
		sent += results.length;
		if (result === RESULT.notTaken) return sent;
	}
}

/** A receipt about the people at these places of a leg. */
async function told(campaignId: number, to: MessageState, places: number[], cause: number | null = null) {
	await inTx((tx) => {
		const { first } = tx
			.sql<{ first: number }>("SELECT first_message_id AS first FROM campaigns WHERE id = ?")
			.get(campaignId)!;
		const at = Math.floor(Date.now() / 1000);
		const change = { attempt: 0, to: MESSAGE_STATE[to], cause, at };
		applyChanges(
			tx,
			places.map((place) => ({ messageId: first + place, ...change })),
		);
	});
}

const fill = () => fillFallback(of);
const seconds = () => peopleOf(of.campaignId).map(({ second }) => second);
const secondsThere = () => seconds().flatMap((state, place) => (state === null ? [] : [place]));
const stateOf = (id: number) =>
	readBooks((tx) => tx.sql<{ state: string }>("SELECT state FROM campaigns WHERE id = ?").get(id))!.state;
const meetings = () =>
	readBooks((tx) => tx.sql("SELECT late, both FROM fallbacks WHERE campaign_id = ?").get(of.campaignId));
function expectCounted(): void {
	for (const id of [of.campaignId, of.second.campaignId]) {
		const { kept, counted } = recount(id);
		expect(kept).toEqual(counted);
	}
}

describe("by time", () => {
	it("gives the second to exactly those who have not got the first in time, once, however often it runs", async () => {
		await handedOver({ afterSeconds: HOUR });
		await told(of.campaignId, "delivered", [0, 1]);
		await told(of.campaignId, "read", [2]);
		await told(of.campaignId, "sent", [3]);
		pass(HOUR - 1);
		expect(await fill()).toBeNull();
		expect(secondsThere()).toEqual([]);
		pass(1);
		expect(await fill()).toEqual({ secondId: of.second.campaignId });
		expect(secondsThere()).toEqual([3, 4, 5, 6, 7]);
		expect(await fill()).toBeNull();
		expectCounted();
		const ids = readBooks((tx) =>
			tx.sql("SELECT id FROM messages WHERE campaign_id = ? ORDER BY id").pluck().all(of.second.campaignId),
		) as number[];
		expect(ids, "contiguous, in a range of its own").toEqual(ids.map((_, i) => ids[0]! + i));
	});

	it("counts those whose outcome is not known as not delivered", async () => {
		await handedOver({ afterSeconds: HOUR }, PEOPLE, RESULT.unknown);
		pass(HOUR);
		await fill();
		expect(secondsThere()).toHaveLength(PEOPLE);
	});

	it("counts from each one's own hand-over", async () => {
		of = await testLegs(testPhones(2), { afterSeconds: HOUR });
		await freezeAudience(of);
		const { from } = readBooks((tx) =>
			tx.sql<{ from: number }>('SELECT first_message_id AS "from" FROM campaigns WHERE id = ?').get(of.campaignId),
		)!;
		const claim = (place: number) =>
			inTx((tx) => claimMessages(tx, { ...of, providerId: 1, owner: "t", from: from + place, size: 1 }));
		const when = { owner: null, askAtUtc: 0, asked: 0, claimedAtUtc: 0, causes: [0] };
		for (const place of [0, 1]) {
			const batch = await claim(place);
			await inTx((tx) => settleBatch(tx, { ...batch!, ...when, results: [RESULT.handedOver] }));
			pass(600);
		}
		pass(HOUR - 1_200);
		await fill();
		expect(secondsThere()).toEqual([0]);
		pass(600);
		await fill();
		expect(secondsThere()).toEqual([0, 1]);
	});

	it("goes through many in slices, and a run that is cut goes on where it was", async () => {
		await handedOver({ afterSeconds: HOUR }, FILL_ROWS * 2 + 7);
		pass(HOUR);
		const cut = new AbortController();
		cut.abort();
		await fillFallback(of, cut.signal);
		expect(secondsThere()).toHaveLength(FILL_ROWS);
		expectCounted();
		await Promise.all([fill(), fill()]);
		expect(secondsThere()).toHaveLength(FILL_ROWS * 2 + 7);
		expectCounted();
	});
});

describe("by status", () => {
	it("gives the second soon after the bad news, to those whose reason was chosen", async () => {
		await handedOver({ reasons: ["not_on_channel", "expired"] });
		await told(of.campaignId, "failed", [0, 1], CAUSES.not_on_channel);
		await told(of.campaignId, "failed", [2], CAUSES.unreachable);
		await told(of.campaignId, "failed", [3], CAUSES.blocked_by_recipient);
		await told(of.campaignId, "expired", [4], CAUSES.expired);
		pass(3);
		await fill();
		expect(secondsThere()).toEqual([0, 1, 4]);
		await told(of.campaignId, "expired", [7], CAUSES.expired);
		pass(3);
		await fill();
		expect(secondsThere()).toEqual([0, 1, 4, 7]);
	});

	it("those who were refused at once, and those who were given up, are not forgotten", async () => {
		await handedOver({ reasons: FALLBACK_REASONS }, PEOPLE, RESULT.refused);
		pass(3);
		await fill();
		expect(secondsThere()).toHaveLength(PEOPLE);
		of = await testLegs(testPhones(3, 7_000_000), { reasons: ["failed"] });
		await freezeAudience(of);
		await closeQueued(of, { while: "sending", to: MESSAGE_STATE.failed, cause: CAUSES.flooding });
		expect(stateOf(of.campaignId), "not done: its people are owed the second").toBe("sending");
		pass(3);
		await fill();
		expect(secondsThere()).toHaveLength(3);
	});

	it("nobody by an outcome that is not known", async () => {
		await handedOver({ reasons: FALLBACK_REASONS }, PEOPLE, RESULT.unknown);
		pass(WATCH_SECONDS + 1);
		await fill();
		expect(secondsThere()).toEqual([]);
	});
});

describe("when the first is delivered after all", () => {
	beforeEach(async () => {
		await handedOver({ afterSeconds: HOUR }, 4);
		pass(HOUR);
		await fill();
	});

	it("a second that still waits is withdrawn", async () => {
		await told(of.campaignId, "delivered", [0]);
		await told(of.campaignId, "read", [0, 1]);
		expect(seconds()).toEqual([30, 30, 0, 0]);
		expect(meetings()).toEqual({ late: 0, both: 0 });
		expect(await sendQueued(of.second, RESULT.handedOver)).toBe(2);
		expectCounted();
	});

	it("one that has left stays: both are shown, and counted once whatever comes first", async () => {
		await sendQueued(of.second, RESULT.handedOver);
		await told(of.second.campaignId, "delivered", [0]);
		await told(of.campaignId, "delivered", [0, 1]);
		expect(meetings()).toEqual({ late: 2, both: 1 });
		await told(of.second.campaignId, "delivered", [1, 2]);
		await told(of.campaignId, "read", [0, 1]);
		await told(of.second.campaignId, "read", [0, 1, 2]);
		expect(meetings()).toEqual({ late: 2, both: 2 });
		expectCounted();
	});

	it("one that was in a worker's hands and comes back unsent does not go again", async () => {
		const batch = await inTx((tx) => claimMessages(tx, { ...of.second, providerId: 1, owner: "t", from: 0, size: 99 }));
		await told(of.campaignId, "delivered", [0, 1]);
		expect(meetings()).toEqual({ late: 2, both: 0 });
		const when = { owner: null, askAtUtc: 0, asked: 0, claimedAtUtc: 0 };
		const results = [RESULT.notTaken, RESULT.handedOver, RESULT.notTaken, RESULT.again];
		await inTx((tx) => settleBatch(tx, { ...batch!, ...when, results, causes: [0, 0, 0, 0] }));
		expect(seconds()).toEqual([30, 10, 0, 0]);
		expect(meetings()).toEqual({ late: 1, both: 0 });
		expectCounted();
	});
});

it("a first message of unknown outcome, whose second has been given out, is not sent again when it turns out never taken", async () => {
	await handedOver({ afterSeconds: HOUR }, 3, RESULT.unknown);
	pass(HOUR);
	await fill();
	const claim = readBooks((tx) =>
		tx.sql<{ batch_id: number; first_message_id: number }>("SELECT * FROM claims").get(),
	)!;
	const batch = { batchId: claim.batch_id, firstMessageId: claim.first_message_id, providerId: 1, attempt: 0 };
	const when = { owner: null, askAtUtc: 0, asked: 0, claimedAtUtc: 0 };
	const results = [RESULT.notTaken, RESULT.notTaken, RESULT.notTaken];
	await inTx((tx) => settleBatch(tx, { ...of, ...batch, ...when, results, causes: [0, 0, 0] }));
	expect(peopleOf(of.campaignId).map(({ first, second }) => [first, second])).toEqual([
		[30, 0],
		[30, 0],
		[30, 0],
	]);
	expectCounted();
});

describe("both legs are one campaign", () => {
	it("done only when both are; the same state at every step", async () => {
		of = await testLegs(testPhones(3), { afterSeconds: HOUR });
		expect(stateOf(of.second.campaignId)).toBe("preparing");
		await freezeAudience(of);
		await freezeAudience(of.second);
		expect([stateOf(of.campaignId), stateOf(of.second.campaignId)]).toEqual(["sending", "sending"]);
		expect(recount(of.second.campaignId).kept, "it has no audience of its own").toMatchObject({ queued: 0 });
		await sendQueued(of, RESULT.handedOver);
		await told(of.campaignId, "delivered", [0, 1]);
		expect(stateOf(of.campaignId)).toBe("sending");
		pass(HOUR);
		await fill();
		expect(stateOf(of.campaignId)).toBe("sending");
		await sendQueued(of.second, RESULT.handedOver);
		expect([stateOf(of.campaignId), stateOf(of.second.campaignId)]).toEqual(["done", "done"]);
	});

	it("done at once when everybody has got the first, without waiting for the time", async () => {
		await handedOver({ afterSeconds: HOUR });
		await told(of.campaignId, "delivered", [0, 1, 2, 3, 4, 5, 6, 7]);
		await fill();
		expect(stateOf(of.campaignId)).toBe("done");
	});

	it.each(["paused", "cancelled"] as const)(
		"nobody is queued while it is %s, and what waits is not claimed",
		async (state) => {
			await handedOver({ afterSeconds: HOUR }, FILL_ROWS + 5);
			pass(HOUR);
			const cut = new AbortController();
			cut.abort();
			await fillFallback(of, cut.signal);
			await inTx((tx) => void tx.sql("UPDATE campaigns SET state = ? WHERE id = ?").run(state, of.campaignId));
			expect(stateOf(of.second.campaignId)).toBe(state);
			await fill();
			expect(secondsThere()).toHaveLength(FILL_ROWS);
			expect(await sendQueued(of.second, RESULT.handedOver)).toBe(0);
			if (state === "cancelled") {
				await closeQueued(of.second, { while: "cancelled", to: MESSAGE_STATE.cancelled, cause: null });
				expect(recount(of.second.campaignId).kept).toMatchObject({ cancelled: FILL_ROWS, queued: 0 });
				return;
			}
			await inTx((tx) => void tx.sql("UPDATE campaigns SET state = 'sending' WHERE id = ?").run(of.campaignId));
			await fill();
			expect(secondsThere()).toHaveLength(FILL_ROWS + 5);
		},
	);

	it("a block stops it before anybody is queued", async () => {
		await handedOver({ afterSeconds: HOUR });
		await inTx((tx) => void tx.sql("UPDATE accounts SET state = 'blocked' WHERE id = ?").run(of.accountId));
		pass(HOUR);
		await fill();
		expect([stateOf(of.campaignId), stateOf(of.second.campaignId)]).toEqual(["paused", "paused"]);
		expect(secondsThere()).toEqual([]);
	});
});

it("another tenant's campaign is left alone, and cannot be filled under a wrong account", async () => {
	await handedOver({ afterSeconds: HOUR });
	const own = of;
	await handedOver({ afterSeconds: HOUR });
	pass(HOUR);
	await fillFallback({ campaignId: own.campaignId, accountId: of.accountId });
	await fill();
	expect(secondsThere()).toHaveLength(PEOPLE);
	of = own;
	expect(secondsThere()).toEqual([]);
});
