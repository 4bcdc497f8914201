import { describe, expect, it } from "vitest";
import { causeKeyOf } from "#app/channels/causes.ts";
import { type Fake, startFake } from "#app/channels/viber/infobip/fake.ts";
import { expectedFate } from "#app/channels/viber/infobip/fake-fates.ts";
import { messageStateOf } from "#app/modules/messages/message-state.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { startCallbackServer } from "./testing/callback-server.ts";
import { exitOf, startSidecar } from "./testing/sidecar-process.ts";
import { HANGS_AFTER_MS, until } from "./testing/until.ts";
import { testWire } from "./testing/wire.ts";

await testWire();
testBooks();

/** Numbers whose last six digits make the fake misbehave, whole calls included. */
const CUES = [
	...["990006", "990008", "990014", "990019", "990020", "990021", "990023", "990025", "990052"],
	...["990002", "990004", "990009", "990015", "990029"],
	...["991000", "991001", "991002", "991003", "991004", "991005", "991006", "991007", "991008"],
	...["992400", "992401", "992408", "992409", "992429", "992444", "992445", "992446", "992500", "992501"],
	...["997002", "997003", "997006", "997009", "997010", "997017", "997034", "997050", "997201"],
];

const FAST = { deliveryMs: [5, 60], seenMs: [5, 60], batch: 20, retryScale: 0.001 } satisfies Parameters<
	Fake["control"]
>[0]["receipts"];

interface Outcome {
	recipient: string;
	state: string;
	cause: string | null;
}

function outcomes(campaignId: number): Outcome[] {
	return readBooks((tx) =>
		tx
			.sql<{ recipient: string; state: number; cause: number | null }>(
				"SELECT m.recipient, s.state, s.cause FROM messages m JOIN message_states s ON s.id = m.id WHERE m.campaign_id = ? ORDER BY m.id",
			)
			.all(campaignId),
	).map((row) => ({
		recipient: row.recipient,
		state: messageStateOf(row.state),
		cause: row.cause === null ? null : causeKeyOf(row.cause),
	}));
}

function expected(phones: string[]): Outcome[] {
	return phones.map((recipient) => {
		const { state, cause } = expectedFate(recipient);
		return { recipient, state, cause: cause ?? null };
	});
}

async function prepare(of: TestTenant): Promise<void> {
	const { freezeAudience } = await import("#app/modules/messages/freeze-audience.server.ts");
	await freezeAudience(of);
}

const stateOf = (campaignId: number) =>
	readBooks((tx) =>
		tx.sql<{ state: string; cause: string | null }>("SELECT state, cause FROM campaigns WHERE id = ?").get(campaignId),
	)!;

describe("delivery through the real sidecar", () => {
	it("brings every message where its number's fate says, each person written to once at most", {
		timeout: 2 * HANGS_AFTER_MS,
	}, async () => {
		const fake = await startFake({ apiKey: "test-key" });
		const callbacks = await startCallbackServer();
		fake.control({ receipts: FAST });
		await testProvider(fake.baseUrl, { bulkSize: 20 });
		const phones = [...testPhones(300), ...CUES.map((cue) => `+380501${cue}`)].sort();
		const of = await testCampaign(phones);
		const other = await testCampaign(testPhones(10, 5_000_000));
		await prepare(of);
		const sidecar = startSidecar({
			PUBLIC_URL: callbacks.url,
			ASK_AFTER_MS: "300",
			CALL_TIMEOUT_MS: "1000",
			SWEEP_INTERVAL_MS: "100",
			// So many broken calls in a row open the breaker, for twice as long.
			FAILOVER_STEP_MS: "100",
		});
		try {
			await until("every message is where it should be", HANGS_AFTER_MS, () =>
				JSON.stringify(outcomes(of.campaignId)) === JSON.stringify(expected(phones)) ? true : undefined,
			).catch(() => expect(outcomes(of.campaignId)).toEqual(expected(phones)));
			// What a receipt has settled before its provider could be asked is still to be asked about.
			await until("the campaign is done", HANGS_AFTER_MS, () => stateOf(of.campaignId).state === "done");
			for (const phone of phones) {
				expect([phone, fake.provider.journal.countOf(phone)]).toEqual([phone, expectedFate(phone).isWritten ? 1 : 0]);
			}
			const { kept, counted } = recount(of.campaignId);
			expect(kept).toEqual(counted);
			// The other tenant's campaign is prepared by the sweep and sent beside it.
			await until("the other campaign is done", HANGS_AFTER_MS, () => stateOf(other.campaignId).state === "done");
		} finally {
			sidecar.kill("SIGTERM");
			expect(await exitOf(sidecar)).toBe(0);
			await fake.close();
			await callbacks.close();
		}
	});

	it("stops a campaign that the provider refuses for want of credit, and goes on where it was", {
		timeout: 2 * HANGS_AFTER_MS,
	}, async () => {
		const fake = await startFake({ apiKey: "test-key" });
		const callbacks = await startCallbackServer();
		fake.control({ receipts: FAST, next: [{ do: "refuse", status: 12 }] });
		await testProvider(fake.baseUrl, { bulkSize: 20, connections: 1 });
		const phones = testPhones(100);
		const of = await testCampaign(phones);
		await prepare(of);
		const sidecar = startSidecar({ PUBLIC_URL: callbacks.url, SWEEP_INTERVAL_MS: "100" });
		try {
			await until("it is paused", HANGS_AFTER_MS, () => stateOf(of.campaignId).state === "paused");
			expect(stateOf(of.campaignId).cause).toBe("provider_balance");
			await inTx((tx) =>
				tx
					.sql("UPDATE campaigns SET state = 'sending', paused_from = NULL, cause = NULL WHERE id = ?")
					.run(of.campaignId),
			);
			await until("it is done", HANGS_AFTER_MS, () => stateOf(of.campaignId).state === "done");
			for (const phone of phones) expect(fake.provider.journal.countOf(phone)).toBe(1);
		} finally {
			sidecar.kill("SIGTERM");
			await exitOf(sidecar);
			await fake.close();
			await callbacks.close();
		}
	});
});
