import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type CauseKey, causeKeyOf } from "#app/channels/causes.ts";
import type { FallbackRule } from "#app/modules/fallback/fallback-rule.ts";
import fc from "#app/testing/fc.ts";
import { testBooks } from "#db/testing/books.ts";
import { testPhones } from "#db/testing/campaign.ts";
import { peopleOf, type TestLegs, testLegs } from "#db/testing/fallback.ts";
import { recount } from "#db/testing/recount.ts";
import { readBooks } from "#db/tx.ts";
import { freezeAudience } from "./freeze-audience.server.ts";
import { type MessageState, messageStateOf } from "./message-state.ts";
import { RESULT } from "./result.ts";
import { now, PEOPLE, rule, type Step, step, take } from "./testing/leg-steps.ts";

testBooks();

beforeEach(() => {
	vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 4, 1, 12) });
});
afterEach(() => {
	vi.useRealTimers();
});

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

/** In which the interesting things do happen: a second message is withdrawn, and both reach one person. */
const TOLD: Step[] = [
	{ do: "wait", seconds: 600 },
	{ do: "fill" },
	{ do: "hear", leg: "first", place: 1, news: ["delivered", null] },
	{ do: "send", leg: "second", results: [RESULT.handedOver] },
	{ do: "hear", leg: "first", place: 0, news: ["delivered", null] },
	{ do: "hear", leg: "second", place: 0, news: ["delivered", null] },
];

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
		{ numRuns: 100, examples: [[{ afterSeconds: 60, reasons: [] }, TOLD]] },
	);
	expect([withBoth > 0, withdrawn > 0], "the interesting things did happen").toEqual([true, true]);
}, 120_000);
