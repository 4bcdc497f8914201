import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CAUSES, type CauseKey, causeKeyOf } from "#app/channels/causes.ts";
import { FALLBACK_REASONS, type FallbackRule } from "#app/modules/fallback/fallback-rule.ts";
import { testBooks } from "#db/testing/books.ts";
import { testPhones } from "#db/testing/campaign.ts";
import { peopleOf, type TestLegs, testLegs } from "#db/testing/fallback.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { applyChanges } from "./apply-changes.server.ts";
import { claimMessages } from "./claim-messages.server.ts";
import { CounterDeltas } from "./counter-deltas.server.ts";
import { fillFallback } from "./fill-fallback.server.ts";
import { freezeAudience } from "./freeze-audience.server.ts";
import { MESSAGE_STATE, type MessageState, messageStateOf } from "./message-state.ts";
import { requeueMessages } from "./requeue-messages.server.ts";
import { RESULT, settleBatch } from "./settle-batch.server.ts";

testBooks();

const PEOPLE = 4;
/** Longer than the books may take to look again at what they have heard of. */
const SETTLED_S = 4;

beforeEach(() => {
	vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 4, 1, 12) });
});
afterEach(() => {
	vi.useRealTimers();
});

const place = fc.nat(PEOPLE - 1);
const leg = fc.constantFrom("first" as const, "second" as const);
const news = fc.constantFrom<[MessageState, CauseKey | null]>(
	["sent", null],
	["delivered", null],
	["delivered", null],
	["read", null],
	["failed", "unreachable"],
	["failed", "not_on_channel"],
	["failed", "blocked_by_recipient"],
	["expired", "expired"],
	["expired", "no_receipt"],
	["rejected", "no_route"],
);
const result = fc.constantFrom(RESULT.handedOver, RESULT.handedOver, RESULT.unknown, RESULT.refused, RESULT.notTaken);
const step = fc.oneof(
	fc.record({ do: fc.constant("hear" as const), leg, place, news }),
	fc.record({ do: fc.constant("send" as const), leg, results: fc.array(result, { minLength: 1, maxLength: 4 }) }),
	fc.record({ do: fc.constant("absent" as const), leg, place }),
	fc.record({ do: fc.constant("wait" as const), seconds: fc.constantFrom(30, 600, 4_000, 120_000) }),
	fc.record({ do: fc.constant("fill" as const) }),
);
const rule = fc.record({
	afterSeconds: fc.constantFrom(null, 60, 3_600),
	reasons: fc.subarray([...FALLBACK_REASONS]),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const now = () => Math.floor(Date.now() / 1000);
const firstIdOf = (campaignId: number) =>
	readBooks((tx) =>
		tx.sql("SELECT first_message_id FROM campaigns WHERE id = ?").pluck().get(campaignId),
	) as unknown as number;

/** One person's two messages as the books have them, and when the first was first known to be on its way. */
interface Person {
	first: MessageState;
	cause: CauseKey | null;
	second: MessageState | null;
	since: number | null;
}

function people(of: TestLegs): Person[] {
	return readBooks((tx) =>
		tx
			.sql<{ first: number; cause: number | null; second: number | null; since: number | null }>(
				`SELECT s.state AS first, s.cause, f.state AS second, coalesce(s.handed_at, s.sent_at) AS since
				   FROM messages m JOIN message_states s ON s.id = m.id LEFT JOIN message_states f ON f.id = s.fallback_id
				  WHERE m.campaign_id = ? ORDER BY m.id`,
			)
			.all(of.campaignId),
	).map(({ first, cause, second, since }) => ({
		first: messageStateOf(first),
		cause: cause === null ? null : causeKeyOf(cause),
		second: second === null ? null : messageStateOf(second),
		since,
	}));
}

/** Said as the form says it, person by person. */
function needsSecond(person: Person, { afterSeconds, reasons }: FallbackRule, startedAt: number): boolean {
	const isReached = ["delivered", "read"].includes(person.first);
	const waits = ["queued", "claimed", "cancelled"].includes(person.first);
	if (person.second !== null || isReached || waits || person.cause === "blocked_by_recipient") return false;
	const chosen: string[] = [...reasons];
	if (person.cause === "not_on_channel") {
		if (chosen.includes("not_on_channel")) return true;
	} else if (person.cause !== "no_receipt" && chosen.includes(person.first)) return true;
	return afterSeconds !== null && now() >= (person.since ?? startedAt) + afterSeconds;
}

async function take(of: TestLegs, one: Step): Promise<void> {
	if (one.do === "wait") vi.setSystemTime(Date.now() + one.seconds * 1000);
	if (one.do === "fill") {
		vi.setSystemTime(Date.now() + SETTLED_S * 1000);
		await fillFallback(of);
	}
	if (one.do === "send") await send(one.leg === "first" ? of : of.second, one.results);
	if (one.do !== "hear" && one.do !== "absent") return;
	const campaign = one.leg === "first" ? of : of.second;
	const messageId = firstIdOf(campaign.campaignId) + one.place;
	await inTx((tx) => {
		const row = tx.sql<{ state: number }>("SELECT state FROM message_states WHERE id = ?").get(messageId);
		// A provider says nothing of what it has never seen.
		if (!row || row.state < MESSAGE_STATE.handed_over || row.state === MESSAGE_STATE.cancelled) return;
		if (one.do === "hear") {
			const [state, cause] = one.news;
			const change = { messageId, attempt: 0, to: MESSAGE_STATE[state], cause: cause && CAUSES[cause], at: now() };
			applyChanges(tx, [change]);
		} else if (row.state === MESSAGE_STATE.unknown) {
			const deltas = new CounterDeltas(tx);
			requeueMessages(tx, messageId, 1, false, deltas);
			deltas.write();
			tx.sql("DELETE FROM claims WHERE campaign_id = ?").run(campaign.campaignId);
		}
	});
}

async function send(campaign: { accountId: number; campaignId: number }, drawn: number[]): Promise<void> {
	const batch = await inTx((tx) => claimMessages(tx, { ...campaign, providerId: 1, owner: "t", from: 0, size: 1e7 }));
	if (!batch) return;
	const results = batch.recipients.map((_, i) => drawn[i % drawn.length]!);
	const causes = results.map((one) => (one === RESULT.refused ? CAUSES.no_route : 0));
	const when = { owner: null, askAtUtc: 0, asked: 0, claimedAtUtc: 0 };
	await inTx((tx) => settleBatch(tx, { ...batch, results, causes, ...when }));
}

it("whatever is heard of either leg in whatever order: as a naive look at each person says", async () => {
	let withBoth = 0;
	let withdrawn = 0;
	await fc.assert(
		fc.asyncProperty(rule, fc.array(step, { minLength: 10, maxLength: 50, size: "max" }), async (drawnRule, steps) => {
			const of = await testLegs(testPhones(PEOPLE), drawnRule);
			await freezeAudience(of);
			const startedAt = now();
			await take(of, { do: "send", leg: "first", results: [RESULT.handedOver] });
			const late = new Set<number>();
			for (const one of steps) {
				const before = people(of);
				const isOpen = () =>
					readBooks((tx) => tx.sql("SELECT state FROM campaigns WHERE id = ?").pluck().get(of.campaignId)) ===
					("sending" as unknown);
				const wasOpen = isOpen();
				await take(of, one);
				const after = people(of);
				for (const [i, person] of after.entries()) {
					const was = before[i]!;
					const isReached = ["delivered", "read"].includes(person.first);
					const wasReached = ["delivered", "read"].includes(was.first);
					if (was.second === null && person.second !== null)
						expect([one.do, needsSecond(was, drawnRule, startedAt)]).toEqual(["fill", true]);
					if (one.do === "fill" && wasOpen) expect(needsSecond(person, drawnRule, startedAt)).toBe(false);
					if (was.second !== null) expect(person.second, "a second is never taken back").not.toBeNull();
					expect(isReached && person.second === "queued", "nobody who was reached waits for the second").toBe(false);
					expect(person.first === "queued" && person.second !== null, "nor waits for both").toBe(false);
					if (isReached && !wasReached && person.second !== null) late.add(i);
					if (person.second !== "cancelled") continue;
					withdrawn++;
					late.delete(i);
				}
				if (!isOpen())
					for (const person of after) expect(needsSecond(person, drawnRule, startedAt) && wasOpen).toBe(false);
			}
			const end = people(of);
			const reached = (state: MessageState | null) => state === "delivered" || state === "read";
			const both = end.filter(({ first, second }) => reached(first) && reached(second)).length;
			withBoth += both;
			const kept = readBooks((tx) =>
				tx.sql("SELECT late, both FROM fallbacks WHERE campaign_id = ?").get(of.campaignId),
			);
			expect(kept).toEqual({ late: late.size, both });
			for (const id of [of.campaignId, of.second.campaignId]) {
				const counts = recount(id);
				expect(counts.kept).toEqual(counts.counted);
			}
			expect(peopleOf(of.campaignId)).toHaveLength(PEOPLE);
		}),
		{ numRuns: 100 },
	);
	expect([withBoth > 0, withdrawn > 0], "the interesting things did happen").toEqual([true, true]);
}, 120_000);
