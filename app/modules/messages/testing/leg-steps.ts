import { vi } from "vitest";
import { CAUSES, type CauseKey } from "#app/channels/causes.ts";
import { FALLBACK_REASONS } from "#app/modules/fallback/fallback-rule.ts";
import fc from "#app/testing/fc.ts";
import type { TestTenant } from "#db/testing/campaign.ts";
import type { TestLegs } from "#db/testing/fallback.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { applyChanges } from "../apply-changes.server.ts";
import { claimMessages } from "../claim-messages.server.ts";
import { CounterDeltas } from "../counter-deltas.server.ts";
import { fillFallback } from "../fill-fallback.server.ts";
import { MESSAGE_STATE, type MessageState } from "../message-state.ts";
import { requeueMessages } from "../requeue-messages.server.ts";
import { RESULT } from "../result.ts";
import { settleBatch } from "../settle-batch.server.ts";

/** So many people have the campaigns that these steps are taken with. */
export const PEOPLE = 4;
/** Longer than the books may take to look again at what they have heard of. */
const SETTLED_S = 4;

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

/** What may happen to a campaign with two legs, or to one alone: then what concerns the second does nothing. */
export const step = fc.oneof(
	fc.record({ do: fc.constant("hear" as const), leg, place, news }),
	fc.record({ do: fc.constant("send" as const), leg, results: fc.array(result, { minLength: 1, maxLength: 4 }) }),
	fc.record({ do: fc.constant("absent" as const), leg, place }),
	fc.record({ do: fc.constant("wait" as const), seconds: fc.constantFrom(30, 600, 4_000, 120_000) }),
	fc.record({ do: fc.constant("fill" as const) }),
);
export const rule = fc.record({
	afterSeconds: fc.constantFrom(null, 60, 3_600),
	reasons: fc.subarray([...FALLBACK_REASONS]),
});
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

export const now = () => Math.floor(Date.now() / 1000);

export function firstIdOf(campaignId: number): number {
	return readBooks((tx) =>
		tx.sql("SELECT first_message_id FROM campaigns WHERE id = ?").pluck().get(campaignId),
	) as unknown as number;
}

export async function take(of: TestTenant & Partial<TestLegs>, one: Step): Promise<void> {
	if (one.do === "wait") vi.setSystemTime(Date.now() + one.seconds * 1000);
	if (one.do === "fill") {
		vi.setSystemTime(Date.now() + SETTLED_S * 1000);
		await fillFallback(of);
	}
	if (one.do === "wait" || one.do === "fill") return;
	const campaign = one.leg === "first" ? of : of.second;
	if (!campaign) return;
	if (one.do === "send") return send(campaign, one.results);
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

async function send(campaign: TestTenant, drawn: number[]): Promise<void> {
	const { accountId, campaignId } = campaign;
	const wish = { accountId, campaignId, providerId: 1, owner: "t", from: 0, size: 1e7 };
	const batch = await inTx((tx) => claimMessages(tx, wish));
	if (!batch) return;
	const results = batch.recipients.map((_, i) => drawn[i % drawn.length]!);
	const causes = results.map((one) => (one === RESULT.refused ? CAUSES.no_route : 0));
	const when = { owner: null, askAtUtc: 0, asked: 0, claimedAtUtc: 0 };
	await inTx((tx) => settleBatch(tx, { ...batch, results, causes, ...when }));
}
