import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Receipt, ReceiptRubbishError } from "../../channel.ts";
import { startCallbackServer } from "../../fake/callback-server.ts";
import { type Fake, SIMULATOR_API_KEY, startFake } from "./fake.ts";
import { expectedFate } from "./fake-fates.ts";
import { readReceipts } from "./receipts.server.ts";

let fake: Fake;
let folder: string;
let callbacks: Awaited<ReturnType<typeof startCallbackServer>>;
let callbackStatus = 200;

beforeEach(async () => {
	callbackStatus = 200;
	folder = mkdtempSync(join(tmpdir(), "fake-"));
	fake = await startFake({ journalPath: join(folder, "journal") });
	fake.control({ receipts: { deliveryMs: [10, 20], seenMs: [10, 20], retryScale: 0.0005 } });
	callbacks = await startCallbackServer(() => callbackStatus);
});
afterEach(async () => {
	await fake.close();
	await callbacks.close();
	rmSync(folder, { recursive: true });
});

let serial = 0;
const destinationOf = (to: string) => ({ to, messageId: `f-${++serial}` });

function call(method: string, path: string, body?: unknown, key = SIMULATOR_API_KEY): Promise<Response> {
	return fetch(fake.baseUrl + path, {
		method,
		headers: { authorization: `App ${key}` },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
}

const messageTo = (destinations: object[], more: object = {}) => ({
	sender: "DemoShop",
	content: { type: "TEXT", text: "hello" },
	webhooks: {
		delivery: { url: callbacks.url },
		seen: { url: `${callbacks.url}/seen` },
		contentType: "application/json",
	},
	destinations,
	...more,
});
const send = (destinations: object[], more?: object) =>
	call("POST", "/viber/2/messages", { messages: [messageTo(destinations, more)] });

const GOOD = "380670000001";

describe("a send", () => {
	it.each([
		[
			{ type: "TEXT", text: "New", button: { title: "x".repeat(31), action: "https://a.test/" } },
			"content.button.title",
		],
		[{ type: "TEXT", text: "New", button: { title: "Look", action: "javascript:1" } }, "content.button.action"],
		[{ type: "IMAGE", mediaUrl: "p.jpg" }, "content.mediaUrl"],
		[
			{ type: "IMAGE", mediaUrl: "https://a.test/p.jpg", button: { title: "Look", action: "https://a.test/" } },
			"content.text",
		],
	])("refuses %j", async (content, property) => {
		const answer = await send([destinationOf(GOOD)], { content });
		expect(answer.status).toBe(400);
		expect((await answer.json()).violations.map((one: { property: string }) => one.property)).toEqual([
			`messages[0].${property}`,
		]);
	});

	it("is answered item by item, written into the journal's file before, and logged", async () => {
		const [one, two] = [destinationOf(GOOD), destinationOf("380671990006")];
		const answer = await (await send([one, two])).json();
		expect(answer.messages).toMatchObject([
			{ messageId: one.messageId, status: { groupId: 1, id: 26, name: "PENDING_ACCEPTED" }, destination: GOOD },
			{
				messageId: two.messageId,
				status: { groupId: 5, id: 6, name: "REJECTED_NETWORK" },
				destination: "380671990006",
			},
		]);
		expect(readFileSync(join(folder, "journal"), "utf8")).toMatch(new RegExp(`^\\d+ ${GOOD} ${one.messageId}\n$`));
		const log = await (await call("GET", `/viber/2/logs?messageId=${two.messageId}`)).json();
		expect(log.results).toMatchObject([{ messageId: two.messageId, status: { groupId: 5 } }]);
	});

	it("of an id used before is refused as a duplicate and not counted, in the same call too", async () => {
		const one = destinationOf(GOOD);
		const first = await (await send([one, one])).json();
		const second = await (await send([one])).json();
		const ids = [...first.messages, ...second.messages].map((item: { status: { id: number } }) => item.status.id);
		expect(ids).toEqual([26, 23, 23]);
		expect(fake.provider.journal.countOf(`+${GOOD}`)).toBe(1);
	});

	it.each([
		[{ sender: " " }, "messages[0].sender"],
		[{ content: { type: "TEXT", text: "x".repeat(1001) } }, "messages[0].content.text"],
		[{ content: { type: "constructor" } }, "messages[0].content.type"],
		[{ content: { type: "IMAGE" } }, "messages[0].content.mediaUrl"],
		[{ destinations: [] }, "messages[0].destinations"],
		[{ destinations: [{ to: GOOD }, { to: `+${GOOD}` }] }, "messages[0].destinations[1].to"],
		[{ destinations: [{ to: GOOD, messageId: "x".repeat(201) }] }, "messages[0].destinations[0].messageId"],
		[{ options: { validityPeriod: { amount: 0 } } }, "messages[0].options.validityPeriod.amount"],
		[{ webhooks: { delivery: { url: "ftp://x" } } }, "messages[0].webhooks.delivery.url"],
	])("that breaks a rule is refused whole and says where: %j", async (more, property) => {
		const response = await send([destinationOf(GOOD)], more);
		expect(response.status).toBe(400);
		const { errorCode, violations } = await response.json();
		expect(errorCode).toBe("E400");
		expect(violations.map((violation: { property: string }) => violation.property)).toEqual([property]);
		expect(fake.provider.journal.written).toBe(0);
	});

	it("needs the key", async () => {
		expect((await call("POST", "/viber/2/messages", {}, "wrong")).status).toBe(401);
		expect((await call("GET", "/viber/2/logs", undefined, "wrong")).status).toBe(401);
		expect(await (await call("GET", "/account/1/balance")).json()).toEqual({ balance: 1000, currency: "EUR" });
	});
});

describe("receipts", () => {
	const statesIn = (calls: { path: string; body: string }[], externalId: string): Receipt["state"][] =>
		calls
			.flatMap(({ path, body }) => {
				try {
					return readReceipts(path, body);
				} catch (error) {
					expect(error).toBeInstanceOf(ReceiptRubbishError);
					return [];
				}
			})
			.filter((receipt) => receipt.externalId === externalId)
			.map(({ state }) => state);

	it.each<[string, string, Receipt["state"][]]>([
		["doubled", "991003", ["delivered", "delivered", "read", "read"]],
		["out of order", "991004", ["read", "delivered"]],
		["after a failure", "991008", ["failed", "delivered", "read"]],
		["after rubbish", "991007", ["delivered", "read"]],
		["an error's", "997002", ["failed"]],
	])("come %s", async (_, suffix, states) => {
		// Far enough apart that calls that run side by side keep their order.
		fake.control({ receipts: { deliveryMs: [100, 100], seenMs: [300, 300] } });
		const one = destinationOf(`380670${suffix}`);
		await send([one]);
		const told = await callbacks.until((calls) => {
			const found = statesIn(calls, one.messageId);
			return found.length >= states.length ? found : undefined;
		});
		expect(told.toSorted()).toEqual(states.toSorted());
		if (suffix !== "991003") expect(told).toEqual(states);
	});

	it("come before the answer on cue, and never on cue", async () => {
		const [early, never] = [destinationOf("380670991006"), destinationOf("380670991002")];
		let isAnswered = false;
		const told = callbacks.until((calls) => (statesIn(calls, early.messageId).length > 0 ? isAnswered : undefined));
		const response = await send([early, never]);
		isAnswered = true;
		expect(response.status).toBe(200);
		expect(await told).toBe(false);
	});

	it("come again until they are answered 200, and several together", async () => {
		callbackStatus = 503;
		const sent = Array.from({ length: 30 }, (_, at) => destinationOf(`38067${at}991000`));
		fake.control({ receipts: { deliveryMs: [30, 30], batch: 10 } });
		await send(sent);
		await expect.poll(() => fake.provider.receipts.counts.refused).toBeGreaterThanOrEqual(3);
		callbackStatus = 200;
		const done = () => fake.provider.receipts.counts;
		await expect.poll(done).toMatchObject({ waiting: 0, planned: 0, givenUp: 0 });
		expect(done().answered).toBeGreaterThanOrEqual(3);
		expect(done().answered).toBeLessThan(30);
		const told = await callbacks.until((calls) => calls.filter(({ body }) => body !== ""));
		for (const { messageId } of sent) expect(statesIn(told, messageId)).toContain("delivered");
	});

	it("that no webhook gets are listed, once", async () => {
		const one = destinationOf("380670991000");
		await send([one], { webhooks: undefined });
		const list = async () => (await (await call("GET", `/viber/2/reports?messageId=${one.messageId}`)).json()).results;
		await expect.poll(list).toMatchObject([{ messageId: one.messageId, status: { id: 5 } }]);
		expect(await list()).toEqual([]);
	});
});

describe("control", () => {
	it("takes orders over HTTP, refuses what is none, tells the journal, forgets on reset", async () => {
		expect((await call("POST", "/control", { next: [{ do: "throttle", retryAfter: "7" }] })).status).toBe(200);
		expect((await call("POST", "/control", { nxt: [] })).status).toBe(400);
		const throttled = await send([destinationOf(GOOD)]);
		expect([throttled.status, throttled.headers.get("retry-after")]).toEqual([429, "7"]);
		const one = destinationOf(GOOD);
		await send([one, destinationOf(GOOD)]);
		const journal = await (await call("GET", "/control/journal?all=1")).json();
		expect(journal).toMatchObject({ written: 2, recipients: 1, repeated: { [GOOD]: 2 }, counts: { [GOOD]: 2 } });
		await call("POST", "/control/reset");
		expect(await (await call("GET", "/control/journal")).json()).toMatchObject({ written: 0, recipients: 0 });
		const again = await (await send([one])).json();
		expect(again.messages[0].status.id).toBe(26);
	});

	it("draws the same chances from the same seed", async () => {
		const run = async () => {
			fake.control({ seed: 7, mix: [{ do: "error", share: 0.5 }] });
			const statuses: number[] = [];
			for (let i = 0; i < 12; i++) statuses.push((await send([destinationOf(GOOD)])).status);
			return statuses;
		};
		const first = await run();
		expect(new Set(first)).toEqual(new Set([200, 500]));
		expect(await run()).toEqual(first);
	});
});

it("usual numbers: about 60 of 100 read, 34 delivered, the rest fail; the plus does not matter", () => {
	const counts: Record<string, number> = {};
	for (let at = 0; at < 20_000; at++) {
		const { state } = expectedFate(`+38067${1_000_000 + at}`);
		expect(expectedFate(`38067${1_000_000 + at}`).state).toBe(state);
		counts[state] = (counts[state] ?? 0) + 1;
	}
	expect(counts.read! / 20_000).toBeCloseTo(0.6, 1);
	expect(counts.delivered! / 20_000).toBeCloseTo(0.34, 1);
	expect(counts.failed! + counts.expired!).toBeGreaterThan(800);
});
