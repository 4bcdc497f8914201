import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "#app/modules/access/actor.ts";
import { makeActors } from "#app/modules/access/testing/make-actors.ts";
import { applyReceipts } from "#app/modules/delivery/apply-receipts.server.ts";
import { installationId } from "#app/modules/delivery/installation-id.server.ts";
import { closeLines } from "#app/modules/delivery/provider-line.server.ts";
import { replayInbox } from "#app/modules/delivery/replay-inbox.server.ts";
import { externalIdOf } from "#app/modules/messages/external-id.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import type { CallbackRow } from "#jobs/wire/list-callbacks.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { storeReceipt } from "#jobs/wire/store-receipt.ts";
import { sweepReceipts } from "#jobs/wire/sweep-receipts.ts";
import { CallbackNotFoundError } from "./evidence.errors.ts";
import { getCallback } from "./get-callback.server.ts";
import { type InboxFilter, readInboxFilter, writeInboxFilter } from "./inbox-filter.ts";
import { listInbox } from "./list-inbox.server.ts";
import { replayAll, replayCallback } from "./replay-callbacks.server.ts";

await testWire();
testBooks();
afterAll(closeLines);

const ALL: InboxFilter = { provider: null, standing: null, text: "", from: "", to: "" };
let admin: Actor;
let blind: Actor;
let providerId: number;
let first: number;
let campaignId: number;

beforeEach(async () => {
	await wirePool().query(
		"TRUNCATE wire.receipts, wire.receipt_inbox, wire.receipt_notes, wire.evidence RESTART IDENTITY",
	);
	({ admin } = await makeActors());
	blind = { ...admin, rights: new Set([...admin.rights].filter((right) => right !== "numbers.read")) };
	providerId = await testProvider("http://127.0.0.1:1");
	await inTx((tx) => tx.sql("UPDATE providers SET account_id = ?").run(admin.account.id));
	const of = await testCampaign(testPhones(3));
	campaignId = of.campaignId;
	await freezeAudience(of);
	first = readBooks((tx) =>
		tx.sql<{ f: number }>("SELECT first_message_id AS f FROM campaigns WHERE id = ?").get(of.campaignId),
	)!.f;
	await inTx((tx) => {
		tx.sql("UPDATE message_states SET state = 10 WHERE id BETWEEN ? AND ?").run(first, first + 2);
		tx.sql("UPDATE campaign_counters SET queued = 0, handed_over = 3 WHERE campaign_id = ?").run(of.campaignId);
	});
});

const idOf = (offset: number) => externalIdOf(installationId(), first + offset, 1);
const report = (id: string) =>
	JSON.stringify({
		results: [{ messageId: id, to: "380671000001", status: { groupId: 3, groupName: "DELIVERED", id: 5, name: "X" } }],
	});
const store = (body: string) => storeReceipt({ providerId, path: "", body });
const seen = ({ callbacks }: { callbacks: CallbackRow[] }) => callbacks.map(({ id, standing }) => [id, standing]);
const outbox = () =>
	readBooks((tx) => tx.sql<{ task: string; payload: string }>("SELECT task, payload FROM outbox ORDER BY id").all());
const audits = () => readBooks((tx) => tx.sql<{ verb: string }>("SELECT verb FROM audit").all()).map((row) => row.verb);

describe("the inbox of raw callbacks", () => {
	it("tells how it stands with each, newest first, and narrows by everything in the address", async () => {
		await store(report(idOf(0)));
		await store("{half");
		await store(report("of-somebody-else"));
		await applyReceipts();
		await store(report(idOf(1)));
		const all = [
			[4, "waiting"],
			[3, "unmatched"],
			[2, "unreadable"],
			[1, "applied"],
		];
		expect(seen(await listInbox(admin, ALL, undefined))).toEqual(all);
		for (const [id, standing] of all)
			expect(seen(await listInbox(admin, { ...ALL, standing: standing as never }, undefined))).toEqual([
				[id, standing],
			]);
		expect(seen(await listInbox(admin, { ...ALL, text: "somebody-else" }, undefined))).toEqual([[3, "unmatched"]]);
		expect(seen(await listInbox(admin, { ...ALL, text: idOf(0) }, undefined)), "by its evidence").toEqual([
			[1, "applied"],
		]);
		expect(seen(await listInbox(admin, { ...ALL, text: idOf(1) }, undefined)), "by its text").toEqual([[4, "waiting"]]);
		expect(seen(await listInbox(admin, { ...ALL, text: "+380 67 100 00 01" }, undefined))).toHaveLength(3);
		expect(seen(await listInbox(admin, { ...ALL, provider: providerId + 1 }, undefined))).toEqual([]);
		expect(seen(await listInbox(admin, ALL, 3))).toEqual(all.slice(2));
		await wirePool().query("UPDATE wire.receipts SET at = date_trunc('day', now()) + interval '1 minute' WHERE id = 2");
		await wirePool().query(
			"UPDATE wire.receipt_notes SET at = date_trunc('day', now()) + interval '1 minute' WHERE receipt_id = 2",
		);
		const local = new Date(new Date().setUTCHours(0, 1, 0, 0)).toLocaleString("sv", { timeZone: "Europe/Kyiv" });
		const minute = local.slice(0, 16).replace(" ", "T");
		expect(seen(await listInbox(admin, { ...ALL, from: minute, to: minute }, undefined))).toEqual([[2, "unreadable"]]);
	});

	it("goes on where it stopped, however many there are", async () => {
		await Promise.all(Array.from({ length: 120 }, () => store("{half")));
		const pages = [await listInbox(admin, ALL, undefined)];
		for (let next = pages[0]!.nextBefore; next !== null; next = pages.at(-1)!.nextBefore)
			pages.push(await listInbox(admin, ALL, next));
		expect(pages.map(({ callbacks }) => callbacks.length)).toEqual([50, 50, 20]);
		expect(new Set(pages.flatMap(({ callbacks }) => callbacks.map(({ id }) => id))).size).toBe(120);
	});

	it("searches no numbers for whoever may not see them, and masks them in what it shows", async () => {
		await store(report(idOf(0)));
		expect(await listInbox(blind, { ...ALL, text: "380671000001" }, undefined)).toMatchObject({
			isNumberHidden: true,
			callbacks: [],
		});
		const { text } = await getCallback(blind, 1);
		expect(text).toContain("38067•••••01");
		expect((await getCallback(admin, 1)).text).toContain("380671000001");
	});

	it("shows what one says as it is read now, and whose messages those are", async () => {
		await store(report(idOf(2)));
		const { said, strangers, isReadable } = await getCallback(admin, 1);
		expect(said).toMatchObject([{ messageId: first + 2, attempt: 1, state: "delivered", campaignId }]);
		expect([strangers, isReadable]).toEqual([[], true]);
		await store("{half");
		expect(await getCallback(admin, 2)).toMatchObject({ isReadable: false, said: [] });
		await expect(getCallback(admin, 99)).rejects.toThrow(CallbackNotFoundError);
		await expect(getCallback(admin, Number.NaN)).rejects.toThrow(CallbackNotFoundError);
	});

	it("is nobody's but those who may see providers, and theirs alone", async () => {
		await store("{half");
		const client = { ...admin, rights: new Set(["campaigns.read" as const]) };
		await expect(listInbox(client, ALL, undefined)).rejects.toMatchObject({ status: 403 });
		await expect(getCallback(client, 1)).rejects.toMatchObject({ status: 403 });
		await expect(replayCallback(client, 1)).rejects.toMatchObject({ status: 403 });
		const elsewhere = { ...admin, account: { ...admin.account, id: admin.account.id + 1 } };
		expect(seen(await listInbox(elsewhere, ALL, undefined))).toEqual([]);
		await expect(getCallback(elsewhere, 1)).rejects.toThrow(CallbackNotFoundError);
		await expect(replayCallback(elsewhere, 1)).rejects.toThrow(CallbackNotFoundError);
	});

	it("has one read once more by a job, and writes down who wanted it", async () => {
		await store("{half");
		await applyReceipts();
		await replayCallback(admin, 1);
		expect(outbox().map((row) => [row.task, JSON.parse(row.payload)])).toContainEqual([
			"replay-receipts",
			{ receiptId: 1, providerIds: [providerId] },
		]);
		expect(audits()).toContain("callback.replay");
		await wirePool().query("UPDATE wire.receipts SET body = $1 WHERE id = 1", [report(idOf(0))]);
		await replayInbox({ receiptId: 1, providerIds: [providerId] });
		expect(seen(await listInbox(admin, ALL, undefined))).toEqual([[1, "applied"]]);
	});

	it("has all of a span read once more, in slices, and nothing else", async () => {
		await Promise.all(Array.from({ length: 1_200 }, () => store("{half")));
		await store(report("of-somebody-else"));
		await applyReceipts();
		await replayAll(admin, { ...ALL, standing: "unreadable" }, "unreadable");
		expect(audits()).toContain("callback.replay-all");
		await wirePool().query("UPDATE wire.receipts SET body = $1 WHERE body = '{half'", [report(idOf(0))]);
		const job = outbox().find((row) => row.task === "replay-receipts");
		await replayInbox(JSON.parse(job!.payload));
		const { rows } = await wirePool().query("SELECT kind, count(*)::int AS n FROM wire.receipt_notes GROUP BY 1");
		expect(rows).toEqual([{ kind: "unmatched", n: 1 }]);
		expect(seen(await listInbox(admin, { ...ALL, standing: "waiting" }, undefined))).toEqual([]);
		const { rowCount } = await wirePool().query("SELECT 1 FROM wire.evidence");
		expect(rowCount).toBe(1_200);
	});

	it("forgets what the wire no longer holds, also what could never be read", async () => {
		await store("{half");
		await applyReceipts();
		await store("{half");
		await wirePool().query("UPDATE wire.receipt_notes SET at = now() - interval '16 days'");
		await wirePool().query("UPDATE wire.receipt_inbox SET at = now() - interval '16 days'");
		await sweepReceipts();
		const { rows } = await wirePool().query(
			"SELECT (SELECT count(*) FROM wire.receipt_notes)::int AS notes, (SELECT count(*) FROM wire.receipt_inbox)::int AS inbox",
		);
		expect(rows).toEqual([{ notes: 0, inbox: 0 }]);
	});

	it("reads nonsense in the address as nothing", () => {
		const rubbish = new URLSearchParams("provider=-1&standing=gone&from=2026-13&to=x&text=");
		expect(readInboxFilter(rubbish)).toEqual(ALL);
		const whole = "provider=3&standing=unreadable&text=a&from=2026-11-21T10%3A00&to=2026-11-21T11%3A00";
		expect(writeInboxFilter(readInboxFilter(new URLSearchParams(whole)))).toBe(whole);
	});
});
