import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { heldOf } from "#app/modules/charging/charge-parts.ts";
import { releaseCharges } from "#app/modules/charging/release-charges.server.ts";
import type { Tier } from "#app/modules/charging/tiers.ts";
import { postTransfer } from "#app/modules/ledger/post-transfer.server.ts";
import fc from "#app/testing/fc.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones } from "#db/testing/campaign.ts";
import { type TestLegs, testLegs } from "#db/testing/fallback.ts";
import { balance, deposit, moneyFaults, priceCampaign, underDealers } from "#db/testing/money.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { applyChanges } from "./apply-changes.server.ts";
import { closeQueued } from "./close-queued.server.ts";
import { freezeAudience } from "./freeze-audience.server.ts";
import { MESSAGE_STATE } from "./message-state.ts";
import { RESULT } from "./result.ts";
import { firstIdOf, now, PEOPLE, rule, type Step, step, take } from "./testing/leg-steps.ts";
import { NaiveMoney, type NaivePerson, type NaivePrices } from "./testing/naive-money.ts";

testBooks();

const ROOT = 1;
const COST = 7;
const SECOND_PARTS = 2;
const COUNTRIES = ["PL", "UA"] as const;

beforeEach(() => {
	vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 4, 1, 12) });
});
afterEach(() => {
	vi.useRealTimers();
});

const units = fc.array(fc.nat(100), { minLength: 3, maxLength: 3 });
const drawnTerms = fc.record({
	chargeOn: fc.constantFrom("accepted" as const, "delivered" as const),
	refunds: fc.boolean(),
});
const moneyStep = fc.oneof(
	{ weight: 12, arbitrary: step },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant("spend" as const), who: fc.nat(3) }) },
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant("both" as const),
			place: fc.nat(PEOPLE - 1),
			first: fc.nat(2),
			second: fc.nat(2),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const) }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant("over" as const) }) },
);
type MoneyStep = typeof moneyStep extends fc.Arbitrary<infer T> ? T : never;
const drawn = fc.record({
	isPair: fc.boolean(),
	terms: drawnTerms,
	rule,
	/** By country: what the sender and the two dealers above it pay for one message of each leg. */
	units: fc.array(fc.tuple(units, units), { minLength: 2, maxLength: 2 }),
	/** Fewer of this country are paid for than there are. */
	short: fc.constantFrom(null, null, "UA"),
	steps: fc.array(moneyStep, { minLength: 10, maxLength: 40, size: "max" }),
});
/** In which the interesting things do happen: what is given back, charged late, owed, and charged for the second leg. */
const TOLD: Drawn[] = [
	{
		isPair: false,
		terms: { chargeOn: "accepted", refunds: true },
		rule: { afterSeconds: null, reasons: [] },
		units: [
			[[10, 5, 3], []],
			[[20, 30, 8], []],
		],
		short: null,
		steps: [
			{ do: "hear", leg: "first", place: 0, news: ["failed", "unreachable"] },
			{ do: "hear", leg: "first", place: 0, news: ["delivered", null] },
			{ do: "hear", leg: "first", place: 1, news: ["expired", "expired"] },
			{ do: "spend", who: 0 },
			{ do: "spend", who: 1 },
			{ do: "hear", leg: "first", place: 1, news: ["delivered", null] },
			{ do: "cancel" },
		],
	},
	{
		isPair: true,
		terms: { chargeOn: "accepted", refunds: true },
		rule: { afterSeconds: null, reasons: ["not_on_channel"] },
		units: [
			[
				[10, 5, 3],
				[30, 35, 9],
			],
			[
				[20, 30, 8],
				[12, 11, 9],
			],
		],
		short: "UA",
		steps: [
			{ do: "hear", leg: "first", place: 0, news: ["failed", "not_on_channel"] },
			{ do: "hear", leg: "first", place: 2, news: ["failed", "not_on_channel"] },
			{ do: "over" },
			{ do: "hear", leg: "second", place: 0, news: ["delivered", null] },
			{ do: "hear", leg: "first", place: 0, news: ["delivered", null] },
			{ do: "hear", leg: "second", place: 1, news: ["failed", "unreachable"] },
			{ do: "hear", leg: "second", place: 1, news: ["read", null] },
			{ do: "cancel" },
		],
	},
];
type Drawn = typeof drawn extends fc.Arbitrary<infer T> ? T : never;
type Of = TestTenant & Partial<TestLegs>;

function people(of: Of): NaivePerson[] {
	return readBooks((tx) =>
		tx
			.sql<NaivePerson>(
				`SELECT s.state AS first, f.state AS second,
				        CASE WHEN s.state >= 50 THEN coalesce(s.delivered_at, s.read_at) END AS firstDeliveredAt,
				        CASE WHEN f.state >= 50 THEN coalesce(f.delivered_at, f.read_at) END AS secondDeliveredAt
				   FROM messages m JOIN message_states s ON s.id = m.id LEFT JOIN message_states f ON f.id = s.fallback_id
				  WHERE m.campaign_id = ? ORDER BY m.id`,
			)
			.all(of.campaignId),
	);
}

interface Scene {
	of: Of;
	/** The sender, then those above it, the root last. */
	accounts: number[];
	model: NaiveMoney;
}

async function begin({ isPair, terms, rule: drawnRule, units: drawnUnits, short }: Drawn): Promise<Scene> {
	const phones = testPhones(PEOPLE);
	const of: Of = isPair ? await testLegs(phones, drawnRule) : await testCampaign(phones);
	const tenants = [of.accountId, ...(await underDealers(of.accountId, 2))];
	const tiersOf = (list: number[]): Tier[] => list.map((unitMicros, at) => ({ accountId: tenants[at]!, unitMicros }));
	const classes = COUNTRIES.map((country, at) => ({
		country,
		tiers: tiersOf(drawnUnits[at]![0]),
		secondTiers: isPair ? tiersOf(drawnUnits[at]![1]) : null,
		secondParts: SECOND_PARTS,
		quantity: PEOPLE / 2 - (short === country ? 1 : 0),
	}));
	await inTx((tx) => {
		tx.sql("UPDATE contacts SET country = iif(id % 2 = 0, 'UA', 'PL') WHERE account_id = ?").run(of.accountId);
		tx.sql(
			"INSERT INTO provider_costs (account_id, provider_id, cost_micros) VALUES (1, 1, ?) ON CONFLICT DO NOTHING",
		).run(COST);
	});
	// Exactly what is to be held: a late success finds nothing.
	for (const one of classes)
		for (const [accountId, micros] of heldOf({ ...one, rootId: ROOT })) await deposit(accountId, micros * one.quantity);
	const had = [...tenants, ROOT].map((id) => [id, balance(id).availableMicros - balance(id).owedMicros] as const);
	await priceCampaign(of, terms, classes);
	await freezeAudience(of);
	const rows = readBooks((tx) =>
		tx
			.sql<{ country: string; state: number }>(
				"SELECT c.country, s.state FROM messages m JOIN message_states s ON s.id = m.id JOIN contacts c ON c.id = m.contact_id WHERE m.campaign_id = ? ORDER BY m.id",
			)
			.all(of.campaignId),
	);
	const prices = rows.map(({ country, state }): NaivePrices | null => {
		if (state === MESSAGE_STATE.rejected) return null;
		const { tiers, secondTiers } = classes.find((one) => one.country === country)!;
		return { first: tiers, second: secondTiers, cost: { first: COST, second: COST * SECOND_PARTS } };
	});
	expect(prices.filter((one) => one === null)).toHaveLength(short ? 1 : 0);
	const model = new NaiveMoney(terms, prices);
	for (const [id, micros] of had) model.has.set(id, (model.has.get(id) ?? 0) + micros);
	return { of, accounts: [...tenants, ROOT], model };
}

let spends = 0;

async function act({ of, accounts, model }: Scene, one: MoneyStep): Promise<void> {
	if (one.do === "cancel") {
		await inTx((tx) =>
			tx.sql("UPDATE campaigns SET state = 'cancelled' WHERE id = ? AND state = 'sending'").run(of.campaignId),
		);
		for (const leg of of.second ? [of, of.second] : [of])
			await closeQueued(leg, { while: "cancelled", to: MESSAGE_STATE.cancelled, cause: null });
	} else if (one.do === "both") await hearBoth(of, one);
	else if (one.do === "over") {
		await take(of, { do: "wait", seconds: 4_000 });
		await take(of, { do: "fill" });
		await take(of, { do: "send", leg: "second", results: [RESULT.handedOver] });
	} else if (one.do === "spend") {
		const accountId = accounts[one.who]!;
		const amount = Math.max(0, balance(accountId).availableMicros);
		model.has.set(accountId, (model.has.get(accountId) ?? 0) - amount);
		await inTx((tx) => {
			const parts = [
				{ accountId, book: "available", amountMicros: -amount } as const,
				{ accountId: ROOT, book: "outside", amountMicros: amount } as const,
			];
			postTransfer(tx, { opId: `spend:${spends++}`, input: 0, kind: "withdrawal", accountId, by: null, parts });
		});
	} else await take(of, one as Step);
}

/** Both messages of a person are heard to have been delivered, in one batch. */
async function hearBoth(of: Of, one: { place: number; first: number; second: number }): Promise<void> {
	const messageId = firstIdOf(of.campaignId) + one.place;
	await inTx((tx) => {
		const row = tx
			.sql<{ state: number; other: number | null; otherState: number | null }>(
				"SELECT s.state, f.id AS other, f.state AS otherState FROM message_states s LEFT JOIN message_states f ON f.id = s.fallback_id WHERE s.id = ?",
			)
			.get(messageId);
		const isOut = (state: number) => state >= MESSAGE_STATE.handed_over && state !== MESSAGE_STATE.cancelled;
		if (!row?.other || !isOut(row.state) || !isOut(row.otherState!)) return;
		const news = { attempt: 0, to: MESSAGE_STATE.delivered, cause: null };
		applyChanges(tx, [
			{ ...news, messageId, at: now() + one.first },
			{ ...news, messageId: row.other, at: now() + one.second },
		]);
	});
}

it("whatever happens to a campaign, every tier has what a naive account of each person says", async () => {
	const seen = { late: 0, refunds: 0, seconds: 0, releases: 0, owed: 0 };
	await fc.assert(
		fc.asyncProperty(drawn, async (all) => {
			const scene = await begin(all);
			const { of, accounts, model } = scene;
			const sent: MoneyStep = { do: "send", leg: "first", results: [RESULT.handedOver, RESULT.unknown] };
			for (const one of [sent, ...all.steps]) {
				const before = people(of);
				await act(scene, one);
				await releaseCharges(of);
				const isOver = readBooks(
					(tx) =>
						tx.sql("SELECT state IN ('done', 'cancelled') FROM campaigns WHERE id = ?").pluck().get(of.campaignId) ===
						1,
				);
				for (const [at, person] of people(of).entries()) model.observe(at, before[at]!, person, isOver);
				for (const accountId of accounts) {
					const { availableMicros, owedMicros, heldMicros } = balance(accountId);
					const tier = { tier: accounts.indexOf(accountId), after: one };
					expect({ ...tier, has: availableMicros - owedMicros, aside: heldMicros }).toEqual({
						...tier,
						has: model.has.get(accountId) ?? 0,
						aside: model.aside.get(accountId) ?? 0,
					});
					if (owedMicros > 0) seen.owed++;
				}
			}
			expect(moneyFaults()).toEqual([]);
			for (const id of of.second ? [of.campaignId, of.second.campaignId] : [of.campaignId]) {
				const { kept, counted } = recount(id);
				expect(kept).toEqual(counted);
			}
			const books = readBooks((tx) =>
				tx
					.sql<{ kind: string; micros: number }>(
						"SELECT b.kind, sum(p.amount_micros) AS micros FROM postings p JOIN ledger_books b ON b.id = p.book_id JOIN transfers t ON t.id = p.transfer_id WHERE b.kind IN ('costs', 'providers') AND t.campaign_id = ? GROUP BY b.kind ORDER BY b.kind",
					)
					.all(of.campaignId),
			);
			expect(books.map(({ micros }) => micros)).toEqual(model.costs === 0 ? [] : [-model.costs, model.costs]);
			for (const key of ["late", "refunds", "seconds", "releases"] as const) seen[key] += model.seen[key];
		}),
		{ numRuns: 60, endOnFailure: true, examples: TOLD.map((one) => [one]) },
	);
	for (const [what, times] of Object.entries(seen)) expect([what, times > 0], "it did happen").toEqual([what, true]);
}, 120_000);
