import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Fake, startFake } from "#app/channels/viber/infobip/fake.ts";
import { resetEnv } from "#app/lib/env.ts";
import { askUnknown } from "#app/modules/delivery/ask-unknown.server.ts";
import { sendersShare } from "#app/modules/delivery/places.ts";
import { closeLines, providerLine } from "#app/modules/delivery/provider-line.server.ts";
import { recoverClaims } from "#app/modules/delivery/recover-claims.server.ts";
import { allBatchesEnded, forgetProgress } from "#app/modules/delivery/send-progress.ts";
import { sendSlice } from "#app/modules/delivery/send-slice.server.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { RESULT } from "#app/modules/messages/result.ts";
import { testBooks } from "#db/testing/books.ts";
import { type TestTenant, testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { hearSenders } from "./hear-senders.ts";
import { liveAsSender } from "./sender-life.ts";
import { until } from "./testing/until.ts";
import { testWire } from "./testing/wire.ts";
import { readOffers, type TakenOffer, takeOffers } from "./wire/offers.ts";
import { wirePool } from "./wire/pool.ts";
import { recordOffered } from "./wire/record-offered.ts";
import { joinSenders } from "./wire/senders.ts";

await testWire();
testBooks();

const PEOPLE = 600;
const WAIT_MS = 120_000;
const LEASE_MS = 60_000;

let fake: Fake;
let of: TestTenant;
let providerId: number;
let hearing: Awaited<ReturnType<typeof hearSenders>>;

beforeEach(async () => {
	Object.assign(process.env, { ASK_AFTER_MS: "0", FAILOVER_STEP_MS: "60000" });
	resetEnv();
	await wirePool().query("TRUNCATE wire.senders, wire.offers, wire.lent_lines, wire.lent_places, wire.provider_health");
	fake = await startFake({ apiKey: "test-key" });
	fake.control({ answerMs: [0, 0] });
	of = await testCampaign(testPhones(PEOPLE));
	providerId = await testProvider(fake.baseUrl, { bulkSize: 10, connections: 4 });
	// Claims of 200.
	await inTx((tx) => tx.sql("UPDATE providers SET per_second = 100").run());
	await freezeAudience(of);
	hearing = await hearSenders();
});
afterEach(async () => {
	await hearing.stop();
	await allBatchesEnded();
	await closeLines();
	forgetProgress(of.campaignId);
	await fake.close();
});

/** Hands over in the background, as the sidecar does. */
function send(): { end(): Promise<void> } {
	let isStopping = false;
	const sending = sendSlice(of, { owner: "test", isStopping: () => isStopping }, Date.now() + 600_000);
	return {
		async end() {
			isStopping = true;
			await sending;
		},
	};
}

/** A sender that does nothing by itself, as this process sees it. */
async function standIn(): Promise<number> {
	const id = await joinSenders("node", LEASE_MS);
	await until("calls may be left to it", WAIT_MS, () => sendersShare(providerId));
	return id;
}
const takeOne = (id: number): Promise<TakenOffer> =>
	until("it takes a batch", WAIT_MS, async () => (await takeOffers(id, providerId, 1))[0]);
const giveUp = (id: number) =>
	wirePool().query("UPDATE wire.senders SET seen_at = now() - interval '1 hour' WHERE id = $1", [id]);
const kept = () => {
	const { kept, counted } = recount(of.campaignId);
	expect(kept).toEqual(counted);
	return kept;
};
/** Without any limit on the rate; that has only made small claims. */
const hurry = () => inTx((tx) => tx.sql("UPDATE providers SET per_second = NULL").run());
const countOf = (phones: string[]) => phones.map((phone) => fake.provider.journal.countOf(phone));

describe("a sender that dies", { timeout: 300_000 }, () => {
	it("before it has taken anything: what it was offered is called from here", async () => {
		const id = await standIn();
		const sending = send();
		await until("something is offered", WAIT_MS, async () => (await readOffers()).length > 0);
		await giveUp(id);
		await hurry();
		await until("all are handed over", WAIT_MS, () => kept().handed_over === PEOPLE);
		await sending.end();
		expect(countOf(testPhones(PEOPLE)).every((count) => count === 1)).toBe(true);
	});

	it("between taking and calling: its provider is asked, and who is absent there is written to once", async () => {
		const id = await standIn();
		const sending = send();
		const taken = await takeOne(id);
		await hurry();
		await recoverClaims();
		expect(kept().unknown).toBe(0);
		await giveUp(id);
		await until("its batch is in doubt", WAIT_MS, () => kept().unknown === taken.recipients.length);
		await until("the rest is handed over", WAIT_MS, () => kept().handed_over === PEOPLE - taken.recipients.length);
		expect(countOf(taken.recipients).every((count) => count === 0)).toBe(true);
		await sending.end();
		await askUnknown(() => false);
		const again = send();
		await until("all are handed over", WAIT_MS, () => kept().handed_over === PEOPLE);
		await again.end();
		expect(countOf(testPhones(PEOPLE)).every((count) => count === 1)).toBe(true);
	});

	it("after it has told all: nobody is in doubt, nobody is called again", async () => {
		const id = await standIn();
		const sending = send();
		const { batchId, firstMessageId, recipients } = await takeOne(id);
		const half = recipients.length / 2;
		const part = (from: number) => ({
			batchId,
			firstMessageId: firstMessageId + from,
			results: new Array(half).fill(RESULT.handedOver),
			causes: new Array(half).fill(0),
		});
		await recordOffered(id, part(half), {}, null);
		await until("the first part is in the books", WAIT_MS, () => kept().handed_over! >= half);
		await recordOffered(id, part(0), {}, { pauseMs: 0, restMs: 0, halt: null, calls: 2 });
		await giveUp(id);
		await hurry();
		await until("all are handed over", WAIT_MS, () => kept().handed_over === PEOPLE);
		await sending.end();
		expect(countOf(recipients).every((count) => count === 0)).toBe(true);
		expect(fake.provider.journal.written).toBe(PEOPLE - recipients.length);
	});
});

describe("a sender that lives", { timeout: 300_000 }, () => {
	/** In this process: it knows the books no better for it. */
	async function live(): Promise<{ end(): Promise<void> }> {
		const stopping = new AbortController();
		const life = liveAsSender(LEASE_MS, 60_000, stopping.signal);
		await until("calls may be left to it", WAIT_MS, () => sendersShare(providerId));
		return {
			async end() {
				stopping.abort();
				expect(await life).toBe("left");
			},
		};
	}
	const held = () =>
		until("it has a batch", WAIT_MS, async () => (await readOffers()).some(({ isHeld, news }) => isHeld && !news));

	it("gives back what it has not begun when it leaves", async () => {
		const sender = await live();
		const sending = send();
		await held();
		await sender.end();
		expect((await readOffers()).filter(({ isHeld, news }) => isHeld && !news)).toEqual([]);
		await hurry();
		await until("all are handed over", WAIT_MS, () => kept().handed_over === PEOPLE);
		await sending.end();
		expect(countOf(testPhones(PEOPLE)).every((count) => count === 1)).toBe(true);
		await until("all of the provider's places are here again", WAIT_MS, () => sendersShare(providerId) === null);
	});

	it("stops for a campaign that is paused, and for one that its provider has no credit for", async () => {
		const sender = await live();
		const sending = send();
		await held();
		const stateOf = () =>
			readBooks((tx) =>
				tx
					.sql<{ state: string; cause: string | null }>("SELECT state, cause FROM campaigns WHERE id = ?")
					.get(of.campaignId),
			);
		const turn = (to: string) =>
			inTx((tx) => tx.sql("UPDATE campaigns SET state = ? WHERE id = ?").run(to, of.campaignId));
		await turn("paused");
		await sending.end();
		await until("nothing is claimed", WAIT_MS, () => kept().claimed === 0);
		expect(kept()).toMatchObject({ handed_over: fake.provider.journal.written });
		expect(kept().queued).toBeGreaterThan(0);
		fake.control({ mix: [{ do: "refuse", status: 12, share: 1 }] });
		await turn("sending");
		const again = send();
		await until("it is halted", WAIT_MS, () => stateOf()?.cause === "provider_balance");
		await again.end();
		fake.control({ mix: [] });
		await until("nothing is claimed", WAIT_MS, () => kept().claimed === 0);
		await hurry();
		await turn("sending");
		const last = send();
		await until("all are handed over", WAIT_MS, () => kept().handed_over === PEOPLE);
		await last.end();
		expect(countOf(testPhones(PEOPLE)).every((count) => count === 1)).toBe(true);
		expect(providerLine(providerId).turns.running).toBe(0);
		await sender.end();
	});
});
