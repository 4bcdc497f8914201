import { expect, it } from "vitest";
import { testWire } from "#jobs/testing/wire.ts";
import { findMessageIds } from "./find-message-ids.ts";
import { ensurePartitions } from "./partitions.ts";
import { wirePool } from "./pool.ts";
import { recordOutcomes } from "./record-outcomes.ts";
import { postponeReceipts, takeReceipts } from "./take-receipts.ts";

await testWire();

const part = { batchId: 1, firstMessageId: 500, results: [1, 5, 1], causes: [0, 62, 0] };
const polls = async () => (await wirePool().query("SELECT batch_id, asked FROM wire.polls ORDER BY 1")).rows;

it("finds messages by the ids that their outcomes brought, each provider's for itself", async () => {
	const ids = { providerId: 7, attempt: 2 };
	await recordOutcomes({ ...part, providerMessageIds: ["a", "", "c"] }, { ids });
	await recordOutcomes({ ...part, firstMessageId: 600, providerMessageIds: ["x", "", "c'"] }, {});
	const asked = ["a", "", "c", "x", "c'"].map((providerMessageId) => ({ providerId: 7, providerMessageId }));
	const found = await findMessageIds([...asked, { providerId: 8, providerMessageId: "a" }]);
	expect([...found]).toEqual([
		["7:a", { messageId: 500, attempt: 2 }],
		["7:c", { messageId: 502, attempt: 2 }],
	]);
});

it("takes an id that was used again for the newest message, over days", async () => {
	await ensurePartitions(Date.now() - 3 * 86_400_000);
	for (const [messageId, days] of [
		[2, 0],
		[1, 3],
	]) {
		await wirePool().query(
			`INSERT INTO wire.message_ids (provider_id, provider_message_id, message_id, attempt, at)
			 VALUES (9, 'again', $1, 1, now() - $2 * interval '1 day')`,
			[messageId, days],
		);
	}
	const found = await findMessageIds([{ providerId: 9, providerMessageId: "again" }]);
	expect(found.get("9:again")).toEqual({ messageId: 2, attempt: 1 });
});

it("notes once that a batch is to be asked about", async () => {
	const poll = { providerId: 7, campaignId: 3, askAtUtc: Date.now() };
	const own = { ...part, batchId: 2, providerMessageIds: ["p", "", "q"] };
	await recordOutcomes(own, { poll, ids: { providerId: 7, attempt: 1 } });
	await wirePool().query("UPDATE wire.polls SET asked = 4");
	await recordOutcomes({ ...own, firstMessageId: 503 }, { poll });
	await recordOutcomes({ ...part, batchId: 3 }, { poll });
	expect(await polls()).toEqual([
		{ batch_id: 2, asked: 4 },
		{ batch_id: 3, asked: 0 },
	]);
	expect((await findMessageIds([{ providerId: 7, providerMessageId: "q" }])).get("7:q")?.messageId).toBe(502);
});

it("writes neither outcome nor id where one of them cannot be written", async () => {
	const bad = { ...part, batchId: 4, providerMessageIds: ["lost", "", "n\0t"] };
	await expect(recordOutcomes(bad, { ids: { providerId: 7, attempt: 1 } })).rejects.toThrow();
	expect(await findMessageIds([{ providerId: 7, providerMessageId: "lost" }])).toEqual(new Map());
	expect((await wirePool().query("SELECT 1 FROM wire.outcomes WHERE batch_id = 4")).rowCount).toBe(0);
});

it("lets receipts wait, and takes others before them", async () => {
	await wirePool().query(
		`WITH stored AS (INSERT INTO wire.receipts (provider_id, path, body) VALUES (7, '', 'early'), (7, '', 'known') RETURNING id, at)
		 INSERT INTO wire.receipt_inbox (receipt_id, at) SELECT id, at FROM stored`,
	);
	const [early, known] = await takeReceipts(1_000);
	expect([early?.body, known?.body]).toEqual(["early", "known"]);
	expect(Date.now() - early!.at).toBeLessThan(600_000);
	await postponeReceipts([{ id: early!.id, ms: 60_000 }]);
	expect((await takeReceipts(1_000)).map(({ body }) => body)).toEqual(["known"]);
	await postponeReceipts([{ id: early!.id, ms: 0 }]);
	expect((await takeReceipts(1_000)).map(({ body }) => body)).toEqual(["known", "early"]);
});
