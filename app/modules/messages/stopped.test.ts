import { beforeEach, describe, expect, it } from "vitest";
import { CAUSES, type CauseKey } from "#app/channels/causes.ts";
import { plansOf } from "#db/query-plans.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones } from "#db/testing/campaign.ts";
import { testLegs } from "#db/testing/fallback.ts";
import { recount } from "#db/testing/recount.ts";
import { addStop, liftStop, livingStops, putUnder, statesOf } from "#db/testing/stops.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { applyChanges } from "./apply-changes.server.ts";
import { claimMessages } from "./claim-messages.server.ts";
import { fillFallback } from "./fill-fallback.server.ts";
import { FREEZE_ROWS, freezeAudience } from "./freeze-audience.server.ts";
import { MESSAGE_STATE, type MessageState } from "./message-state.ts";
import { rejectNewlyStopped, STOPS_A_LOOK } from "./reject-newly-stopped.server.ts";
import { RESULT } from "./result.ts";
import { settleBatch } from "./settle-batch.server.ts";
import { stopListsOf } from "./stop-lists.server.ts";

testBooks();

const ROOT = 1;
const PHONES = testPhones(3);
const [FIRST, SECOND, THIRD] = PHONES as [string, string, string];
const STOPPED = `rejected ${CAUSES.on_stop_list}`;
let of: TestTenant;
/** The account stands under `dealer`, that one under `upper`. */
let dealer: number;
let upper: number;

beforeEach(async () => {
	upper = (await testCampaign([])).accountId;
	dealer = (await testCampaign([])).accountId;
	await putUnder(dealer, upper);
	of = await testCampaign(PHONES);
	await putUnder(of.accountId, upper, dealer);
});

function expectCounted(...campaignIds: number[]): void {
	for (const id of campaignIds) {
		const { kept, counted } = recount(id);
		expect(kept).toEqual(counted);
	}
}

/** Looks at the lists and claims, as the one transaction of a claim does. */
const claim = (leg: TestTenant) =>
	inTx((tx) =>
		rejectNewlyStopped(tx, leg)
			? claimMessages(tx, { ...leg, providerId: 1, owner: "t", from: 0, size: 1e7 })
			: ("more" as const),
	);

async function claimed(leg: TestTenant) {
	const batch = await claim(leg);
	if (!batch || batch === "more") throw new Error("nothing was claimed");
	return batch;
}

async function settle(batch: Awaited<ReturnType<typeof claimed>>, result: number, cause = 0): Promise<void> {
	const results = batch.recipients.map(() => result);
	const causes = batch.recipients.map(() => cause);
	const when = { owner: null, askAtUtc: 0, asked: 0, claimedAtUtc: 0 };
	await inTx((tx) => settleBatch(tx, { ...batch, results, causes, ...when }));
}

/** A receipt about the person at this place. */
const told = (
	leg: TestTenant,
	place: number,
	to: MessageState,
	cause: CauseKey | null,
	how: { at?: number; attempt?: number } = {},
) =>
	inTx((tx) => {
		const { first } = tx
			.sql<{ first: number }>("SELECT first_message_id AS first FROM campaigns WHERE id = ?")
			.get(leg.campaignId)!;
		const at = how.at ?? Math.floor(Date.now() / 1000);
		const change = {
			messageId: first + place,
			attempt: how.attempt ?? 1,
			to: MESSAGE_STATE[to],
			cause: cause && CAUSES[cause],
			at,
		};
		applyChanges(tx, [change]);
	});

describe("when the audience is frozen", () => {
	const lists: [string, () => number, object][] = [
		["the platform's", () => ROOT, {}],
		["a dealer's two above", () => upper, {}],
		["the dealer's", () => dealer, { channel: "viber" }],
		["the account's own", () => of.accountId, {}],
		["the sender's", () => of.accountId, { channel: "viber", sender: "DemoShop" }],
	];
	it.each(lists)("who is on %s list is rejected, and nobody else", async (_, list, only) => {
		await addStop(list(), SECOND, only);
		await freezeAudience(of);
		expect(statesOf(of.campaignId)).toEqual(["queued", STOPPED, "queued"]);
		expectCounted(of.campaignId);
		expect((await claimed(of)).recipients).toEqual([FIRST]);
	});

	it("lists that are not over the campaign, of another channel or sender, or taken back, do not matter", async () => {
		const aside = await testCampaign(PHONES);
		await addStop(aside.accountId, FIRST);
		await addStop(of.accountId, SECOND, { channel: "sms" });
		await addStop(dealer, SECOND, { channel: "viber", sender: "OtherShop" });
		await liftStop(await addStop(of.accountId, THIRD));
		await freezeAudience(of);
		await freezeAudience(aside);
		expect(statesOf(of.campaignId)).toEqual(["queued", "queued", "queued"]);
		expect(statesOf(aside.campaignId)).toEqual([STOPPED, "queued", "queued"]);
		expect((await claimed(of)).recipients).toEqual(PHONES);
	});

	it("on several lists at once is rejected once; where all of them are, nothing is claimed", async () => {
		for (const phone of PHONES) for (const list of [ROOT, dealer, of.accountId]) await addStop(list, phone);
		await freezeAudience(of);
		expect(statesOf(of.campaignId)).toEqual([STOPPED, STOPPED, STOPPED]);
		expectCounted(of.campaignId);
		expect(await claim(of)).toBeNull();
	});

	it("who is stopped between two slices is found in those that were frozen before, too", async () => {
		const people = testPhones(FREEZE_ROWS + 5);
		const big = await testCampaign(people);
		const isOff = { aborted: true } as AbortSignal;
		await freezeAudience(big, isOff);
		await addStop(big.accountId, people[7]!);
		await addStop(big.accountId, people[FREEZE_ROWS + 2]!);
		await freezeAudience(big);
		expect(recount(big.campaignId).kept.rejected).toBe(1);
		const batch = await claimed(big);
		expect(batch.recipients).toEqual(people.slice(0, 7));
		expect(recount(big.campaignId).kept.rejected).toBe(2);
		expectCounted(big.campaignId);
	});
});

describe("at the hand-over", () => {
	it("who was stopped since is rejected before anything is claimed, on whichever list over it", async () => {
		await addStop(dealer, "+380999999999");
		await freezeAudience(of);
		await addStop(dealer, FIRST);
		await addStop(ROOT, THIRD);
		expect((await claimed(of)).recipients).toEqual([SECOND]);
		expect(statesOf(of.campaignId)).toEqual([STOPPED, "claimed", STOPPED]);
		expectCounted(of.campaignId);
	});

	it("long lists that came meanwhile are gone through in parts, and nothing is claimed before their end", async () => {
		await freezeAudience(of);
		for (const list of [ROOT, dealer])
			await inTx((tx) => {
				for (let i = 0; i < STOPS_A_LOOK; i++)
					tx.sql("INSERT INTO stops (account_id, recipient, created_at_utc) VALUES (?, ?, 0)").run(list, `+1${i}`);
			});
		await addStop(of.accountId, SECOND);
		const answers = [await claim(of), await claim(of)];
		expect(answers).toEqual(["more", "more"]);
		expect((await claimed(of)).recipients).toEqual([FIRST]);
		expect(statesOf(of.campaignId)).toEqual(["claimed", STOPPED, "queued"]);
	});

	it("an account that was moved is under the lists of where it is now", async () => {
		const elsewhere = (await testCampaign([])).accountId;
		await addStop(elsewhere, SECOND);
		await addStop(dealer, THIRD);
		await freezeAudience(of);
		await putUnder(of.accountId, elsewhere);
		expect((await claimed(of)).recipients).toEqual([FIRST]);
		expect(statesOf(of.campaignId)).toEqual(["claimed", STOPPED, STOPPED]);
		expectCounted(of.campaignId);
	});

	it("who was stopped while a worker held the message is rejected when it comes back unsent", async () => {
		await freezeAudience(of);
		const batch = await claimed(of);
		await addStop(of.accountId, SECOND);
		// The other claim looks at the lists meanwhile: the entry is not new any more.
		expect(await claim(of)).toBeNull();
		await settle(batch, RESULT.notTaken);
		expect(statesOf(of.campaignId)).toEqual(["queued", STOPPED, "queued"]);
		expectCounted(of.campaignId);
	});

	it("the notes of how far the lists were looked at go when the campaign ends", async () => {
		await addStop(ROOT, SECOND);
		await freezeAudience(of);
		const watches = () => readBooks((tx) => tx.sql("SELECT list_id FROM stop_watches").all());
		expect(watches()).toEqual([{ list_id: ROOT }]);
		for (const _ of "ab") await settle(await claimed(of), RESULT.handedOver);
		expect(readBooks((tx) => tx.sql("SELECT state FROM campaigns WHERE id = ?").get(of.campaignId))).toEqual({
			state: "done",
		});
		expect(watches()).toEqual([]);
	});

	it("asking is a few look-ups by key", async () => {
		await addStop(ROOT, FIRST);
		const lines = plansOf((tx) => stopListsOf(tx, of)).flatMap((plan) => plan.lines);
		const ofStops = lines.filter((line) => /^(SCAN|SEARCH) s\b/.test(line));
		expect(new Set(ofStops)).toEqual(new Set(["SEARCH s USING INDEX stops_list (account_id=?)"]));
		expect(lines.filter((line) => /^SCAN (c|a|w)\b/.test(line))).toEqual([]);
	});
});

describe("the second leg", () => {
	const reasons = ["not_on_channel", "failed", "expired", "rejected"] as const;

	it("goes to nobody whose first message a stop list rejected", async () => {
		const legs = await testLegs(PHONES, { reasons: [...reasons], afterSeconds: 60 });
		await addStop(legs.accountId, FIRST, { channel: "viber" });
		await freezeAudience(legs);
		await settle(await claimed(legs), RESULT.refused, CAUSES.not_on_channel);
		await fillFallback(legs);
		expect(statesOf(legs.second.campaignId)).toEqual(["queued", "queued"]);
		expect((await claimed(legs.second)).recipients).toEqual([SECOND, THIRD]);
		expectCounted(legs.campaignId, legs.second.campaignId);
	});

	it("is rejected for who was stopped since the freezing, before and after it was queued", async () => {
		const legs = await testLegs(PHONES, { reasons: [...reasons] });
		await freezeAudience(legs);
		await settle(await claimed(legs), RESULT.refused, CAUSES.not_on_channel);
		await addStop(legs.accountId, FIRST);
		await fillFallback(legs);
		expect(statesOf(legs.second.campaignId)).toEqual([STOPPED, "queued", "queued"]);
		await addStop(dealer, SECOND);
		await addStop(legs.accountId, THIRD, { channel: "sms", sender: "DemoSMS" });
		expect((await claimed(legs.second)).recipients).toEqual([SECOND]);
		expect(statesOf(legs.second.campaignId)).toEqual([STOPPED, "claimed", STOPPED]);
		// The first message of one whose second never left arrives: no late success, nobody got both.
		await told(legs, 0, "delivered", null);
		expect(
			readBooks((tx) => tx.sql("SELECT late, both FROM fallbacks WHERE campaign_id = ?").get(legs.campaignId)),
		).toEqual({
			late: 0,
			both: 0,
		});
		expectCounted(legs.campaignId, legs.second.campaignId);
	});
});

describe("who says no", () => {
	const handedOver = async () => {
		await freezeAudience(of);
		await settle(await claimed(of), RESULT.handedOver);
	};
	const again = async () => {
		const next = await testCampaign(PHONES);
		await inTx((tx) => {
			tx.sql("UPDATE collections SET account_id = ? WHERE account_id = ?").run(of.accountId, next.accountId);
			tx.sql("UPDATE contacts SET account_id = ? WHERE account_id = ?").run(of.accountId, next.accountId);
			tx.sql("UPDATE campaigns SET account_id = ? WHERE id = ?").run(of.accountId, next.campaignId);
			tx.sql("UPDATE campaign_counters SET account_id = ? WHERE campaign_id = ?").run(of.accountId, next.campaignId);
		});
		return { ...next, accountId: of.accountId };
	};

	it("to a sender is on the list of that sender of that account, however often it is said", async () => {
		await handedOver();
		await told(of, 1, "failed", "blocked_by_recipient");
		await told(of, 1, "failed", "blocked_by_recipient");
		await told(of, 0, "failed", "unreachable");
		expect(livingStops()).toEqual([
			{
				accountId: of.accountId,
				recipient: SECOND,
				channel: "viber",
				sender: "DemoShop",
				cause: CAUSES.blocked_by_recipient,
				messageId: expect.any(Number),
			},
		]);
		const next = await again();
		await freezeAudience(next);
		expect(statesOf(next.campaignId)).toEqual(["queued", STOPPED, "queued"]);
		const others = await testCampaign(PHONES);
		await freezeAudience(others);
		expect(statesOf(others.campaignId)).toEqual(["queued", "queued", "queued"]);
	});

	it("by the provider's own list is on the account's list of that channel; by the answer to the call as by a receipt", async () => {
		await freezeAudience(of);
		await settle(await claimed(of), RESULT.refused, CAUSES.on_stop_list);
		expect(livingStops().map(({ recipient, channel, sender }) => [recipient, channel, sender])).toEqual(
			PHONES.map((phone) => [phone, "viber", ""]),
		);
		expectCounted(of.campaignId);
	});

	it("is heard though the message has come to an end before, or is at another attempt", async () => {
		await handedOver();
		await told(of, 0, "delivered", null);
		await told(of, 0, "failed", "blocked_by_recipient");
		await told(of, 1, "failed", "blocked_by_recipient", { attempt: 7 });
		expect(statesOf(of.campaignId)).toEqual(["delivered", "handed_over", "handed_over"]);
		expect(livingStops().map(({ recipient }) => recipient)).toEqual([FIRST, SECOND]);
	});

	it("and is taken off the list stays off when the same is heard again; saying so anew is heard", async () => {
		await handedOver();
		const saidAt = Math.floor(Date.now() / 1000) - 60;
		await told(of, 1, "failed", "blocked_by_recipient", { at: saidAt });
		await inTx((tx) => void tx.sql("UPDATE stops SET lifted_at_utc = ?").run(Date.now()));
		await told(of, 1, "failed", "blocked_by_recipient", { at: saidAt + 120 });
		const next = await again();
		await freezeAudience(next);
		await settle(await claimed(next), RESULT.handedOver);
		await told(next, 1, "failed", "blocked_by_recipient", { at: saidAt });
		expect(livingStops()).toEqual([]);
		await told(next, 1, "failed", "blocked_by_recipient", { at: saidAt + 120 });
		expect(livingStops().map(({ recipient }) => recipient)).toEqual([SECOND]);
	});
});
