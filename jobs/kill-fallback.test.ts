import { randomInt } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { expect, it } from "vitest";
import { startFake } from "#app/channels/viber/infobip/fake.ts";
import { expectedFate } from "#app/channels/viber/infobip/fake-fates.ts";
import { FAKE_KEY, startFake as startSmsFake } from "#app/channels/vonage/fake.ts";
import { seal } from "#app/lib/secrets.server.ts";
import { FALLBACK_REASONS } from "#app/modules/fallback/fallback-rule.ts";
import { MESSAGE_STATE, messageStateOf } from "#app/modules/messages/message-state.ts";
import { testBooks } from "#db/testing/books.ts";
import { testPhones, testProvider } from "#db/testing/campaign.ts";
import { peopleOf, testLegs } from "#db/testing/fallback.ts";
import { balance, deposit, moneyFaults, priceCampaign, underDealers } from "#db/testing/money.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { startCallbackServer } from "./testing/callback-server.ts";
import { exitOf, startSidecar } from "./testing/sidecar-process.ts";
import { HANGS_AFTER_MS, until } from "./testing/until.ts";
import { testWire } from "./testing/wire.ts";

const PEOPLE = 2_500;
const KILLS = 5;

await testWire();
testBooks();

async function testSmsProvider(baseUrl: string): Promise<void> {
	await inTx((tx) => {
		const { lastInsertRowid: id } = tx
			.sql(
				`INSERT INTO providers (account_id, name, adapter, channel, state, sealed_settings, bulk_size, connections, created_at_utc)
				 VALUES (1, 'SMS', 'vonage', 'sms', 'active', '', 1, 4, 0)`,
			)
			.run();
		const settings = seal(JSON.stringify({ baseUrl, ...FAKE_KEY }), `provider:${id}`);
		tx.sql("UPDATE providers SET sealed_settings = ? WHERE id = ?").run(settings, id);
	});
}

/** Who is owed the second message: whom the first surely did not reach, and who has not asked to be left alone. */
function isOwed(phone: string): boolean {
	const { state, cause } = expectedFate(phone);
	return ["failed", "expired", "rejected"].includes(state) && cause !== "blocked_by_recipient";
}

it("whoever is owed the second message gets it, once, and nobody else, although the sidecar is killed again and again", {
	timeout: 2 * HANGS_AFTER_MS,
}, async () => {
	const [viber, sms, callbacks] = await Promise.all([
		startFake({ apiKey: "test-key" }),
		startSmsFake(),
		startCallbackServer(),
	]);
	const receipts = { deliveryMs: [50, 4_000], seenMs: [5, 400], retryScale: 0.001 } as const;
	viber.control({ answerMs: [20, 120], receipts: { ...receipts, quirks: { doubled: 0.1, late: 0.05 } } } as never);
	sms.control({ receipts: { deliveryMs: [5, 200] } });
	await testProvider(viber.baseUrl, { bulkSize: 10, connections: 6 });
	await testSmsProvider(sms.baseUrl);
	const phones = testPhones(PEOPLE);
	const owed = phones.filter(isOwed);
	expect(owed.length).toBeGreaterThan(50);
	const of = await testLegs(phones, { reasons: FALLBACK_REASONS });
	const [dealer] = await underDealers(of.accountId, 1);
	const tiersOf = (own: number, above: number) => [
		{ accountId: of.accountId, unitMicros: own },
		{ accountId: dealer!, unitMicros: above },
	];
	await deposit(of.accountId, 30 * PEOPLE);
	const tiers = { tiers: tiersOf(10, 7), secondTiers: tiersOf(30, 20), quantity: PEOPLE };
	await priceCampaign(of, { chargeOn: "delivered", refunds: false }, [tiers]);
	const environment = {
		PUBLIC_URL: callbacks.url,
		ASK_AFTER_MS: "200",
		CALL_TIMEOUT_MS: "1000",
		SWEEP_INTERVAL_MS: "100",
	};
	const written = () => phones.filter((phone) => sms.journal.countOf(phone) > 0).length;
	let sidecar = startSidecar(environment);
	try {
		for (let kills = 0; kills < KILLS; kills++) {
			// The later ones while second messages are being given out.
			if (kills > 2) await until("somebody to be written to another way", HANGS_AFTER_MS, () => written() > kills * 2);
			await pause(randomInt(1_500));
			sidecar.kill("SIGKILL");
			await exitOf(sidecar);
			sidecar = startSidecar(environment);
		}
		const open = () =>
			peopleOf(of.campaignId).filter(
				({ recipient, second }) => isOwed(recipient) && (second ?? 0) < MESSAGE_STATE.handed_over,
			);
		await until("everybody to be decided", HANGS_AFTER_MS, () => open().length === 0).catch(() =>
			expect(open()).toEqual([]),
		);
	} finally {
		sidecar.kill("SIGTERM");
		await exitOf(sidecar);
		await Promise.all([viber.close(), sms.close(), callbacks.close()]);
	}
	for (const { recipient, second } of peopleOf(of.campaignId)) {
		const times = sms.journal.countOf(recipient);
		if (!isOwed(recipient)) expect([recipient, second, times]).toEqual([recipient, null, 0]);
		// A call that a kill has cut is not made again: this provider cannot be asked, nor does it refuse repetitions.
		else if (second === MESSAGE_STATE.unknown) expect(times).toBeLessThanOrEqual(1);
		else expect([recipient, messageStateOf(second!), times]).toEqual([recipient, expect.any(String), 1]);
		expect([recipient, viber.provider.journal.countOf(recipient)]).toEqual([recipient, 1]);
	}
	for (const id of [of.campaignId, of.second.campaignId]) {
		const { kept, counted } = recount(id);
		expect(kept).toEqual(counted);
	}
	// Nobody has paid for both, and what each can still come to is held.
	const charged = readBooks((tx) =>
		tx
			.sql<{ first: number; second: number; held: number }>(
				"SELECT captured AS first, captured_second AS second, held FROM price_classes WHERE campaign_id = ?",
			)
			.get(of.campaignId),
	)!;
	expect(charged.first).toBeGreaterThan(0);
	expect(balance(of.accountId)).toMatchObject({
		availableMicros: 30 * (PEOPLE - charged.held) - 10 * charged.first - 30 * charged.second,
		heldMicros: 30 * charged.held,
	});
	expect(balance(dealer!).availableMicros).toBe(3 * charged.first + 10 * charged.second);
	expect(moneyFaults()).toEqual([]);
	const ids = readBooks((tx) =>
		tx.sql("SELECT fallback_id FROM message_states WHERE fallback_id IS NOT NULL").pluck().all(),
	);
	expect(new Set(ids).size).toBe(ids.length);
});
