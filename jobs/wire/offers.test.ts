import { beforeEach, describe, expect, it } from "vitest";
import { testWire } from "#jobs/testing/wire.ts";
import { publishLines, setLendable, takePlaces } from "./lent-lines.ts";
import { dropOffers, readOffers, stopOffers, stoppedOffers, takeOffers, withdrawOffers } from "./offers.ts";
import { wirePool } from "./pool.ts";
import { readBatch } from "./read-batch.ts";
import { buryOffer, recordOffer } from "./record-offer.ts";
import { recordOffered } from "./record-offered.ts";
import { beatSender, frozenBatches, joinSenders, leaveSenders, reviewSenders, SENDER_LOCKS } from "./senders.ts";

await testWire();

const PROVIDER = 7;
const NOT_TAKEN = 4;
const NEWS = { pauseMs: 0, restMs: 0, halt: null, calls: 1 };
let senderId: number;

beforeEach(async () => {
	await wirePool().query(
		"TRUNCATE wire.senders, wire.offers, wire.lent_lines, wire.lent_places, wire.intents, wire.outcomes",
	);
	senderId = await joinSenders("node", 60_000);
});

async function offer(batchId: number, campaignId = 1): Promise<void> {
	const recipients = ["+380671000001", "+380671000002"];
	const intent = { batchId, providerId: PROVIDER, campaignId, attempt: 1, firstMessageId: batchId * 10, recipients };
	await recordOffer({ ...intent, content: { kind: "text" } }, { accountId: 5, bulkSize: 100 });
}
const part = (batchId: number, results = [1, 1]) => ({
	batchId,
	firstMessageId: batchId * 10,
	results,
	causes: [0, 0],
});
const giveUp = (id: number) =>
	wirePool()
		.query("UPDATE wire.senders SET seen_at = now() - interval '1 hour' WHERE id = $1", [id])
		.then(reviewSenders);

describe("an offer", () => {
	it("is taken by exactly one of five takers, with all that its calls need", async () => {
		for (let batchId = 1; batchId <= 20; batchId++) await offer(batchId);
		const ids = [senderId];
		while (ids.length < 5) ids.push(await joinSenders("node", 60_000));
		const taken = await Promise.all(
			ids.map(async (id) => {
				const mine = [];
				for (;;) {
					const some = await takeOffers(id, PROVIDER, 2);
					mine.push(...some);
					if (some.length === 0) return mine;
				}
			}),
		);
		const all = taken.flat();
		expect(all.map(({ batchId }) => batchId).sort((a, b) => a - b)).toEqual(
			Array.from({ length: 20 }, (_, i) => i + 1),
		);
		expect(all.find(({ batchId }) => batchId === 3)).toEqual({
			batchId: 3,
			providerId: PROVIDER,
			accountId: 5,
			campaignId: 1,
			attempt: 1,
			bulkSize: 100,
			firstMessageId: 30,
			recipients: ["+380671000001", "+380671000002"],
			content: { kind: "text" },
		});
		const { rows } = await wirePool().query("SELECT batch_id, holder FROM wire.offers");
		for (const { batch_id, holder } of rows)
			expect(taken[ids.indexOf(holder)]!.some(({ batchId }) => batchId === batch_id)).toBe(true);
	});

	it("that nobody took can be taken back, and by nobody after that; one that was taken cannot", async () => {
		await offer(1);
		await offer(2);
		expect(await takeOffers(senderId, PROVIDER, 1)).toMatchObject([{ batchId: 1 }]);
		await withdrawOffers([1, 2], NOT_TAKEN);
		expect(await takeOffers(senderId, PROVIDER, 9)).toEqual([]);
		expect(await readOffers()).toMatchObject([
			{ batchId: 1, isHeld: true, isClosed: false },
			{ batchId: 2, isHeld: false, isClosed: true },
		]);
		expect((await readBatch(1))!.outcomes).toEqual([]);
		expect((await readBatch(2))!.outcomes).toMatchObject([{ firstMessageId: 20, results: [4, 4], causes: [0, 0] }]);
	});

	it("whose statement failed is never offered after it was buried", async () => {
		await buryOffer(1);
		await expect(offer(1)).rejects.toThrow("offers_pkey");
		expect(await readBatch(1)).toBeNull();
		expect(await readOffers()).toEqual([]);
		await offer(2);
		await buryOffer(2);
		expect(await takeOffers(senderId, PROVIDER, 9)).toMatchObject([{ batchId: 2 }]);
	});

	it("of a campaign that was stopped is taken by nobody, and its holder is told", async () => {
		await offer(1, 1);
		await offer(2, 1);
		await offer(3, 2);
		await takeOffers(senderId, PROVIDER, 1);
		await stopOffers([1]);
		expect(await stoppedOffers(senderId)).toEqual([1]);
		expect(await takeOffers(senderId, PROVIDER, 9)).toMatchObject([{ batchId: 3 }]);
	});
});

describe("a sender that was given up", () => {
	it("takes nothing, and nothing that it says is taken but its provider's ids", async () => {
		await offer(1);
		await offer(2);
		await takeOffers(senderId, PROVIDER, 1);
		expect(await recordOffered(senderId, part(1, [1, 0]), {}, null)).toBe(true);
		await giveUp(senderId);
		expect(await beatSender(senderId)).toBe(false);
		expect(await takeOffers(senderId, PROVIDER, 9)).toEqual([]);
		const late = { ...part(1), providerMessageIds: ["", "late-id"] };
		const ids = { ids: { providerId: PROVIDER, attempt: 1 } };
		expect(await recordOffered(senderId, late, ids, NEWS)).toBe(false);
		expect((await readBatch(1))!.outcomes.map(({ results }) => results)).toEqual([[1, 0]]);
		const { rows } = await wirePool().query(
			"SELECT message_id FROM wire.message_ids WHERE provider_message_id = 'late-id'",
		);
		expect(rows).toEqual([{ message_id: 11 }]);
		// What it had not taken goes to another.
		expect(await takeOffers(await joinSenders("node", 60_000), PROVIDER, 9)).toMatchObject([{ batchId: 2 }]);
		expect(await readOffers()).toMatchObject([{ batchId: 1, isClosed: true, news: null, parts: 1 }, { batchId: 2 }]);
	});

	it("with a batch of which all was told keeps it: the books hear of it", async () => {
		await offer(1);
		await takeOffers(senderId, PROVIDER, 1);
		await recordOffered(senderId, part(1), {}, NEWS);
		await giveUp(senderId);
		expect(await readOffers()).toMatchObject([{ batchId: 1, isClosed: false, news: NEWS, parts: 1 }]);
		await dropOffers([1]);
		await reviewSenders();
		expect((await wirePool().query("SELECT 1 FROM wire.senders")).rowCount).toBe(0);
	});

	it("is remembered while its process is there: what it had is not taken for absent", async () => {
		const frozen = await wirePool().connect();
		try {
			await frozen.query("SELECT pg_advisory_lock($1, $2)", [SENDER_LOCKS, senderId]);
			await offer(1);
			await takeOffers(senderId, PROVIDER, 1);
			await giveUp(senderId);
			expect([...(await frozenBatches())]).toEqual([1]);
			await dropOffers([1]);
			await reviewSenders();
			expect(await readOffers()).toEqual([]);
			expect([...(await frozenBatches())]).toEqual([1]);
			await frozen.query("SELECT pg_advisory_unlock_all()");
			expect([...(await frozenBatches())]).toEqual([]);
			await reviewSenders();
			expect((await wirePool().query("SELECT 1 FROM wire.offers")).rowCount).toBe(0);
		} finally {
			frozen.release(true);
		}
	});
});

describe("a provider's places", () => {
	const lend = async (lendable: number) => {
		await publishLines([{ providerId: PROVIDER, channel: "viber", revision: "a", sealed: "s" }]);
		await setLendable([{ providerId: PROVIDER, lendable }]);
	};

	it("are never more than were lent, however many want them at once", async () => {
		await lend(10);
		const ids = [senderId];
		while (ids.length < 5) ids.push(await joinSenders("node", 60_000));
		const got = await Promise.all(ids.map((id) => takePlaces(id, PROVIDER, 4)));
		expect(got.sort((a, b) => a - b)).toEqual([0, 0, 2, 4, 4]);
		await setLendable([{ providerId: PROVIDER, lendable: 6 }]);
		expect(await takePlaces(ids[0]!, PROVIDER, 4)).toBe(0);
	});

	it("come back from who leaves and from who is given up, and such a one gets no more", async () => {
		await lend(10);
		const other = await joinSenders("node", 60_000);
		expect(await takePlaces(senderId, PROVIDER, 6)).toBe(6);
		expect(await takePlaces(other, PROVIDER, 6)).toBe(4);
		await leaveSenders(other);
		await giveUp(senderId);
		expect(await takePlaces(senderId, PROVIDER, 6)).toBe(0);
		const third = await joinSenders("node", 60_000);
		expect(await takePlaces(third, PROVIDER, 20)).toBe(10);
	});
});
