import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { CAUSES } from "#app/channels/causes.ts";
import { externalIdOf } from "#app/modules/messages/external-id.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { MESSAGE_STATE } from "#app/modules/messages/message-state.ts";
import { updateCluster } from "#db/cluster/cluster-state.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { recount } from "#db/testing/recount.ts";
import { BooksAwayError, inTx, readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { recordOutcomes } from "#jobs/wire/record-outcomes.ts";
import { storeReceipt } from "#jobs/wire/store-receipt.ts";
import { takeReceipts } from "#jobs/wire/take-receipts.ts";
import { applyReceipts } from "./apply-receipts.server.ts";
import { installationId } from "./installation-id.server.ts";
import { closeLines } from "./provider-line.server.ts";

await testWire();
testBooks();
afterAll(closeLines);

const DONE_AT = Date.UTC(2026, 2, 1, 9, 0, 4);
let providerId: number;
let campaignId: number;
let first: number;

beforeEach(async () => {
	await wirePool().query(
		"TRUNCATE wire.receipts, wire.receipt_inbox, wire.receipt_notes, wire.evidence, wire.message_ids, wire.signed_events",
	);
	providerId = await testProvider("http://127.0.0.1:1");
	const of = await testCampaign(testPhones(5));
	campaignId = of.campaignId;
	await freezeAudience(of);
	first = readBooks((tx) =>
		tx.sql<{ f: number }>("SELECT first_message_id AS f FROM campaigns WHERE id = ?").get(campaignId),
	)!.f;
	await inTx((tx) => {
		tx.sql("UPDATE message_states SET state = 10 WHERE id BETWEEN ? AND ?").run(first, first + 4);
		tx.sql("UPDATE campaign_counters SET queued = 0, handed_over = 5 WHERE campaign_id = ?").run(campaignId);
	});
});

const GROUPS = { delivered: [3, "DELIVERED"], failed: [5, "REJECTED"] } as const;

/** Infobip's report about some ids. */
function report(ids: string[], group: keyof typeof GROUPS, doneAt = "2026-03-01T09:00:04.000+0000"): string {
	const [groupId, groupName] = GROUPS[group];
	return JSON.stringify({
		results: ids.map((messageId) => ({
			messageId,
			doneAt,
			status: { groupId, groupName, id: groupId, name: groupName },
		})),
	});
}
const idOf = (offset: number, attempt = 1) => externalIdOf(installationId(), first + offset, attempt);
const store = (body: string, path = "") => storeReceipt({ providerId, path, body });
const proofs = async () =>
	(
		await wirePool().query(
			`SELECT message_id - $1::bigint AS of, attempt, state, cause, receipt_id IS NOT NULL AS by_receipt,
			        extract(epoch FROM provider_at)::float8 * 1000 AS said_at, at <= applied_at AS in_order
			   FROM wire.evidence ORDER BY message_id, applied_at`,
			[first],
		)
	).rows;
const notes = async () =>
	(await wirePool().query("SELECT receipt_id, kind, detail FROM wire.receipt_notes ORDER BY receipt_id")).rows;
const states = () =>
	readBooks((tx) =>
		tx
			.sql<{ state: number }>("SELECT state FROM message_states WHERE id BETWEEN ? AND ? ORDER BY id")
			.all(first, first + 4)
			.map((row) => row.state),
	);
const replayAll = () =>
	wirePool().query(
		"INSERT INTO wire.receipt_inbox (receipt_id, at, is_replay) SELECT id, at, true FROM wire.receipts ON CONFLICT DO NOTHING",
	);

describe("applying the inbox of receipts", () => {
	it("leaves a row of evidence for each message that a callback speaks of, with its three times", async () => {
		await store(report([idOf(3), idOf(0)], "delivered"));
		expect(await applyReceipts()).toBe(1);
		const proof = { attempt: 1, state: MESSAGE_STATE.delivered, cause: null, by_receipt: true, in_order: true };
		expect(await proofs()).toEqual([
			{ of: 0, ...proof, said_at: DONE_AT },
			{ of: 3, ...proof, said_at: DONE_AT },
		]);
		expect(await notes()).toEqual([]);
		expect(await takeReceipts(10)).toEqual([]);
	});

	it("notes what cannot be read and what is about nobody, and applies the rest of the lot", async () => {
		await store("{not json");
		await store(report(["somebody-elses", idOf(1), externalIdOf(installationId(), first + 90_000, 1)], "delivered"));
		await store(report([idOf(4, 36 ** 4 - 1), "nul\0in\0it"], "delivered"));
		await applyReceipts();
		expect(states()).toEqual([10, 50, 10, 10, 50]);
		expect((await proofs()).map((row) => [row.of, row.attempt])).toEqual([
			[1, 1],
			[4, 36 ** 4 - 1],
		]);
		expect((await notes()).map((note) => [note.kind, note.detail])).toEqual([
			["unreadable", expect.any(String)],
			["unmatched", `somebody-elses ${externalIdOf(installationId(), first + 90_000, 1)}`],
			["unmatched", expect.stringContaining("in")],
		]);
		expect(await takeReceipts(10)).toEqual([]);
	});

	it("takes no harm from a provider's clock that is off by ages", async () => {
		await store(report([idOf(0)], "delivered", "275760-09-12T00:00:00.000+0000"));
		await store(report([idOf(1)], "delivered", "-000001-01-01T00:00:00Z"));
		await applyReceipts();
		expect(states().slice(0, 2)).toEqual([50, 50]);
		expect((await proofs()).map((row) => row.said_at)).toEqual([null, null]);
	});

	it("says nothing twice when a callback is replayed, and forgets the note of one that can be read by now", async () => {
		await store(report([idOf(0), idOf(1)], "delivered"));
		await store("{not json");
		await applyReceipts();
		const before = await proofs();
		await replayAll();
		await applyReceipts();
		expect(await proofs()).toEqual(before);
		expect(await notes()).toHaveLength(1);
		await wirePool().query("UPDATE wire.receipts SET body = $1 WHERE body = '{not json'", [
			report([idOf(2)], "failed"),
		]);
		await replayAll();
		await applyReceipts();
		expect(states().slice(0, 3)).toEqual([50, 50, MESSAGE_STATE.rejected]);
		expect((await proofs()).map((row) => row.of)).toEqual([0, 1, 2]);
		expect((await proofs())[2].cause).toBe(CAUSES.unspecified);
		expect(await notes()).toEqual([]);
		const { kept, counted } = recount(campaignId);
		expect(kept).toEqual(counted);
	});

	describe("of a provider that names only its own ids", () => {
		const told = (message_id: string, status = "DELIVRD", id = `${message_id} ${status}`) =>
			store(JSON.stringify({ id, data: { message_id, status } }));
		const letTryNow = () => wirePool().query("UPDATE wire.receipt_inbox SET try_at = now()");
		const inbox = async () => (await wirePool().query("SELECT try_at > now() AS waits FROM wire.receipt_inbox")).rows;

		beforeEach(async () => {
			await inTx((tx) => tx.sql("DELETE FROM providers").run());
			const settings = { authToken: "t", callbackSecret: "s" };
			providerId = await testProvider("http://127.0.0.1:1", { other: { adapter: "turbosms", settings } });
		});

		it("lets what comes before the answer of the send wait, and nothing behind it", async () => {
			const ids = { providerId, attempt: 1 };
			const part = { batchId: 1, results: [1], causes: [0] };
			await recordOutcomes({ ...part, firstMessageId: first + 1, providerMessageIds: ["known"] }, { ids });
			await told("early");
			await told("known", "READ");
			await applyReceipts();
			expect(states()).toEqual([10, 60, 10, 10, 10]);
			expect(await inbox()).toEqual([{ waits: true }]);
			await letTryNow();
			await applyReceipts();
			expect(await inbox()).toEqual([{ waits: true }]);
			await recordOutcomes({ ...part, firstMessageId: first, providerMessageIds: ["early"] }, { ids });
			await letTryNow();
			await applyReceipts();
			expect(states()).toEqual([50, 60, 10, 10, 10]);
			expect(await inbox()).toEqual([]);
			expect((await proofs()).map((row) => [row.of, row.state])).toEqual([
				[0, MESSAGE_STATE.delivered],
				[1, MESSAGE_STATE.read],
			]);
			expect(await notes()).toEqual([]);
		});

		it("waits for ten minutes, not for ever", async () => {
			await told("somebody-elses");
			for (const table of ["receipts", "receipt_inbox"])
				await wirePool().query(`UPDATE wire.${table} SET at = at - interval '10 minutes'`);
			await applyReceipts();
			expect(await inbox()).toEqual([]);
			expect(await notes()).toMatchObject([{ kind: "unmatched", detail: "somebody-elses" }]);
		});

		it("believes a signed id about the message that it named first, however often it comes", async () => {
			const part = { batchId: 1, firstMessageId: first, results: [1, 1], causes: [0, 0] };
			await recordOutcomes({ ...part, providerMessageIds: ["a", "b"] }, { ids: { providerId, attempt: 1 } });
			await told("a", "SENT", "ev-1");
			await told("b", "READ", "ev-1");
			await told("b", "SENT", "ev-2");
			await applyReceipts();
			expect(states().slice(0, 2)).toEqual([20, 20]);
			await told("b", "READ", "ev-1");
			await told("a", "READ", "ev-1");
			await applyReceipts();
			expect(states().slice(0, 2)).toEqual([60, 20]);
			expect(await notes()).toMatchObject([
				{ kind: "unmatched", detail: "b" },
				{ kind: "unmatched", detail: "b" },
			]);
		});

		it("does not find another provider's message by the same id", async () => {
			const part = { batchId: 1, firstMessageId: first, results: [1], causes: [0], providerMessageIds: ["same"] };
			await recordOutcomes(part, { ids: { providerId: providerId + 1, attempt: 1 } });
			await told("same");
			await applyReceipts();
			expect(states()).toEqual([10, 10, 10, 10, 10]);
		});
	});

	/** Callbacks as `store` leaves them, many at once. */
	const storeMany = (bodies: string[]) =>
		wirePool().query(
			`WITH stored AS (
			   INSERT INTO wire.receipts (provider_id, path, body)
			   SELECT $1, '', body FROM unnest($2::text[]) WITH ORDINALITY AS b (body, n) ORDER BY n RETURNING id, at)
			 INSERT INTO wire.receipt_inbox (receipt_id, at) SELECT id, at FROM stored`,
			[providerId, bodies],
		);

	it("is gone through to the end, however many there are, and nothing of any part of it is lost or said twice", async () => {
		const bodies = Array.from({ length: 12_000 }, (_, i) => report([idOf(i % 3)], "delivered"));
		// Among the first, in the last part of the largest lot, and the very last.
		for (const at of [7, 11_100, 11_999]) bodies[at] = "{not json";
		for (const at of [8, 6_000, 11_500]) bodies[at] = report(["somebody-elses", idOf(3)], "failed");
		await storeMany(bodies);
		expect(await applyReceipts()).toBe(12_000);
		expect(await takeReceipts(10)).toEqual([]);
		expect(states()).toEqual([50, 50, 50, MESSAGE_STATE.rejected, 10]);
		const counts = await wirePool().query(
			"SELECT count(*)::int AS rows, count(DISTINCT receipt_id)::int AS callbacks FROM wire.evidence",
		);
		expect(counts.rows).toEqual([{ rows: 12_000 - 3, callbacks: 12_000 - 3 }]);
		expect((await notes()).map(({ kind }) => kind)).toEqual([
			"unreadable",
			"unmatched",
			"unmatched",
			"unreadable",
			"unmatched",
			"unreadable",
		]);
		const { kept, counted } = recount(campaignId);
		expect(kept).toEqual(counted);
	});

	it("may be stopped at any moment, and says nothing twice afterwards", async () => {
		const bodies = Array.from({ length: 900 }, (_, i) => report([idOf(i % 5)], i % 2 ? "delivered" : "failed"));
		await storeMany(bodies);
		let wasCut = 0;
		for (let looks = 1; ; looks++) {
			let left = looks;
			const read = await applyReceipts({
				get aborted() {
					return left-- <= 0;
				},
			} as AbortSignal);
			if ((await takeReceipts(1)).length === 0) break;
			expect([read, await proofs()]).toEqual([0, []]);
			if (states().some((state) => state !== 10)) wasCut++;
		}
		// Some of them had changed the books already.
		expect(wasCut).toBeGreaterThan(0);
		expect(states()).toEqual([50, 50, 50, 50, 50]);
		expect(await proofs()).toHaveLength(900);
		const { kept, counted } = recount(campaignId);
		expect(kept).toEqual(counted);
	});
});

it("what comes in while LiteFS is away stays in the inbox, and is no callback that cannot be read", async () => {
	await store(report([idOf(0)], "delivered"));
	updateCluster({ isAway: true });
	await expect(applyReceipts()).rejects.toThrow(BooksAwayError);
	updateCluster({ isAway: false });
	expect(await notes()).toEqual([]);
	expect(await applyReceipts()).toBe(1);
	expect(await notes()).toEqual([]);
	expect(await states()).toEqual([MESSAGE_STATE.delivered, 10, 10, 10, 10]);
});
