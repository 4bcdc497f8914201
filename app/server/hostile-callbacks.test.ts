import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adapters } from "#app/channels/registry.ts";
import { callbackToken } from "#app/lib/secrets.server.ts";
import { applyReceipts } from "#app/modules/delivery/apply-receipts.server.ts";
import { installationId } from "#app/modules/delivery/installation-id.server.ts";
import { closeLines } from "#app/modules/delivery/provider-line.server.ts";
import { externalIdOf } from "#app/modules/messages/external-id.ts";
import { freezeAudience } from "#app/modules/messages/freeze-audience.server.ts";
import { startWeb, type Web } from "#app/testing/start-web.ts";
import { testBooks } from "#db/testing/books.ts";
import { testCampaign, testPhones, testProvider } from "#db/testing/campaign.ts";
import { recount } from "#db/testing/recount.ts";
import { inTx, readBooks } from "#db/tx.ts";
import { testWire } from "#jobs/testing/wire.ts";
import { wirePool } from "#jobs/wire/pool.ts";
import { CALLBACK_MAX_BYTES } from "./take-callback.ts";

await testWire();
testBooks("file");

const PEOPLE = 3;
let web: Web;
let address: string;
let campaignId: number;
let first: number;
beforeAll(async () => {
	const providerId = await testProvider("http://127.0.0.1:1");
	const of = await testCampaign(testPhones(PEOPLE));
	campaignId = of.campaignId;
	await freezeAudience(of);
	first = readBooks((tx) =>
		tx.sql<{ f: number }>("SELECT first_message_id AS f FROM campaigns WHERE id = ?").get(campaignId),
	)!.f;
	await inTx((tx) => {
		tx.sql("UPDATE message_states SET state = 10 WHERE id BETWEEN ? AND ?").run(first, first + PEOPLE - 1);
		tx.sql("UPDATE campaign_counters SET queued = 0, handed_over = ? WHERE campaign_id = ?").run(PEOPLE, campaignId);
	});
	web = await startWeb();
	address = `/hooks/${providerId}/1-${callbackToken(providerId, 1)}`;
});
afterAll(async () => {
	await web?.stop();
	await closeLines();
});

const idOf = (place: number) => externalIdOf(installationId(), first + place, 1);
const status = { groupId: 3, groupName: "DELIVERED", id: 5, name: "DELIVERED_TO_HANDSET" };
const report = (...ids: unknown[]) => JSON.stringify({ results: ids.map((messageId) => ({ messageId, status })) });
const states = () =>
	readBooks((tx) =>
		tx
			.sql<{ state: number }>("SELECT state FROM message_states WHERE id BETWEEN ? AND ? ORDER BY id")
			.all(first, first + PEOPLE - 1)
			.map(({ state }) => state),
	);
const count = async (table: string) =>
	(await wirePool().query(`SELECT count(*)::int AS n FROM wire.${table}`)).rows[0].n;

/** Deeper than any stack. */
const DEEP = 400_000;
const HOSTILE: [what: string, bodyOf: () => string][] = [
	["nothing at all", () => ""],
	["half a JSON", () => '{"results":[{"messageId":"'],
	["a deep JSON", () => `${"[".repeat(DEEP)}${"]".repeat(DEEP)}`],
	["a deep object", () => `${'{"results":'.repeat(DEEP / 10)}1${"}".repeat(DEEP / 10)}`],
	[
		"ids as 64-bit numbers",
		() => '{"results":[{"messageId":9223372036854775807,"status":{"groupId":3,"groupName":"DELIVERED"}}]}',
	],
	["an id that is a list", () => report([idOf(0)])],
	["an id of nobody", () => report("0000-1-1", `${installationId()}-zzzzzzzzzzz-zzzz`)],
	["an id with a NUL", () => report(`${idOf(0)}\0`)],
	["a prototype", () => '{"__proto__":{"results":[]},"constructor":1}'],
	["no text", () => "\uFFFD\u0000\u0001\u202E"],
	["a form where JSON belongs", () => "MessageStatus=delivered&MessageSid=SM1"],
	[
		"a clock of another age",
		() => JSON.stringify({ results: [{ messageId: "0000-1-1", doneAt: "+275760-09-13T00:00:00Z", status }] }),
	],
];

describe("callbacks that mean harm, at the real server", () => {
	it.each(HOSTILE)("%s is stored, answered 200, and applied to nobody", async (_, bodyOf) => {
		const body = bodyOf();
		const [before, kept] = [states(), await count("receipts")];
		expect((await web.ask(address, { body })).status).toBe(200);
		expect(await count("receipts")).toBe(kept + 1);
		await applyReceipts();
		expect(states()).toEqual(before);
		expect(await count("receipt_inbox"), "it holds up nobody behind it").toBe(0);
	});

	it.each(HOSTILE)("%s ends in every adapter at once, one way or another", (_, bodyOf) => {
		const body = bodyOf();
		for (const [name, adapter] of Object.entries(adapters)) {
			const before = process.cpuUsage();
			try {
				expect(Array.isArray(adapter.readReceipts("", body, {} as never))).toBe(true);
			} catch (error) {
				expect(error, name).toBeInstanceOf(Error);
			}
			// Its own work: what else the machine does stretches the clock.
			expect(process.cpuUsage(before).user, name).toBeLessThan(10_000_000);
		}
	});

	it("the same one a hundred times counts once, and leaves its evidence each time that it came", async () => {
		const proved = await count("evidence");
		const answers = await Promise.all(Array.from({ length: 100 }, () => web.ask(address, { body: report(idOf(1)) })));
		expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([200]));
		await applyReceipts();
		expect(states()).toEqual([10, 50, 10]);
		expect((await count("evidence")) - proved).toBe(100);
		const { kept, counted } = recount(campaignId);
		expect(kept).toEqual(counted);
	});

	it("10 MB are refused as soon as that is known, with the limit named, and nothing of them is kept", async () => {
		const kept = await count("receipts");
		const body = Buffer.alloc(10 * 1024 * 1024, 0x20);
		for (const headers of [{}, { "transfer-encoding": "chunked" }] as Record<string, string>[]) {
			const answer = await web.ask(address, { body, headers });
			expect(answer.status).toBe(413);
			expect(answer.text).toContain(String(CALLBACK_MAX_BYTES));
		}
		expect(await count("receipts")).toBe(kept);
		expect((await web.ask("/healthz")).status).toBe(200);
	});
});
