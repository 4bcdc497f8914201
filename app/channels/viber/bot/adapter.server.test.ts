import { describe, expect, it } from "vitest";
import { ReceiptRubbishError } from "../../channel.ts";
import { runContract } from "../../contract.ts";
import { content } from "../../contract-contents.ts";
import { createTransport } from "../../transport.server.ts";
import { viberBot } from "./adapter.server.ts";
import { FAKE_KEY, LEFT_END, startFake } from "./fake.ts";
import { readReceipts } from "./receipts.server.ts";

let next = 0;

runContract({
	adapter: viberBot,
	async startFake() {
		const fake = await startFake();
		const settings = { baseUrl: fake.baseUrl, authToken: FAKE_KEY };
		return {
			settings,
			wrongSettings: { ...settings, authToken: "another" },
			// Port 1 belongs to nobody.
			unreachableSettings: { ...settings, baseUrl: "http://127.0.0.1:1" },
			control: (input) => fake.control(input),
			writtenTo: (person) => fake.journal.countOf(person),
			close: () => fake.close(),
		};
	},
	goodNumbers: (count) => Array.from({ length: count }, () => `uUU9${String(next++).padStart(16, "0")}A==`),
	refusedNumber: `uUU9${LEFT_END}`,
	listsOnlyRefused: true,
});

const settings = { baseUrl: "https://chatapi.viber.com/pa", authToken: "tok" };
const callbackUrl = "https://a.test/h";

/** Answers the send so, and everything else well. */
function answering(body: string, requests: { path: string; body: Record<string, unknown> }[] = []) {
	return {
		async request({ url, body: sent }: { url: string; body?: string }) {
			const path = url.replace(settings.baseUrl, "");
			requests.push({ path, body: JSON.parse(sent ?? "") });
			return { status: 200, headers: {}, body: path.endsWith("_message") ? body : '{"status":0}' };
		},
	};
}

describe("a send", () => {
	const people = ["AAA111==", "+380671112233", "BBB222=="].map((to, at) => ({ externalId: `i-${at}-1`, to }));
	const call = { channel: "viber" as const, content, recipients: people, callbackUrl };

	it("goes to those whom the bot knows, and names each by the token and the person", async () => {
		const requests: { path: string; body: Record<string, unknown> }[] = [];
		const answer =
			'{"status":0,"message_token":5741311803571721087,"failed_list":[{"receiver":"BBB222==","status":6,"status_message":"x"}]}';
		expect(await viberBot.send(call, settings, answering(answer, requests))).toEqual({
			each: [
				{ type: "accepted", state: "handed_over", providerMessageId: "5741311803571721087:AAA111==" },
				{ type: "refused", kind: "number", permanent: true, cause: "not_on_channel" },
				{ type: "refused", kind: "consent", permanent: true, cause: "blocked_by_recipient" },
			],
		});
		expect(requests.map(({ path }) => path)).toEqual(["/set_webhook", "/broadcast_message"]);
		expect(requests[0]?.body.url).toBe(callbackUrl);
		expect(requests[1]?.body.broadcast_list).toEqual(["AAA111==", "BBB222=="]);
	});

	it("to numbers alone makes no call", async () => {
		const requests: never[] = [];
		const recipients = people.slice(1, 2);
		const outcome = await viberBot.send({ ...call, recipients }, { ...settings }, answering("", requests));
		expect(outcome).toMatchObject({ all: { cause: "not_on_channel", permanent: true } });
		expect(requests).toEqual([]);
	});

	it("tells Viber where to report to once for each address, and has a button as a keyboard", async () => {
		const requests: { path: string; body: Record<string, unknown> }[] = [];
		const own = { ...settings };
		const transport = answering('{"status":0,"message_token":1}', requests);
		const recipients = people.slice(0, 1);
		const button = { caption: "Look", url: "https://a.test/s" };
		const said = { kind: "text_button" as const, sender: "Bot", text: "New", validitySeconds: 60, button };
		await viberBot.send({ ...call, recipients }, own, transport);
		await viberBot.send({ ...call, recipients, content: said }, own, transport);
		await viberBot.send({ ...call, recipients, callbackUrl: "https://a.test/other" }, own, transport);
		expect(requests.map(({ path }) => path)).toEqual([
			"/set_webhook",
			"/send_message",
			"/send_message",
			"/set_webhook",
			"/send_message",
		]);
		expect(requests[2]?.body).toMatchObject({
			receiver: "AAA111==",
			type: "text",
			text: "New",
			keyboard: { Buttons: [{ ActionType: "open-url", ActionBody: button.url, Text: "Look" }] },
		});
	});

	it.each([
		[2, { type: "refused", kind: "config", permanent: false, cause: "provider_access" }],
		[10, { type: "refused", kind: "config", permanent: false, cause: "provider_access" }],
		[5, { type: "refused", kind: "number", permanent: true, cause: "not_on_channel" }],
		[12, { type: "throttled", retryAfterMs: 1000, cause: "throttled" }],
		[99, { type: "unknown", cause: "provider_error_5xx" }],
	])("that is answered with status %s", async (status, result) => {
		const recipients = people.slice(0, 1);
		const outcome = await viberBot.send({ ...call, recipients }, settings, answering(`{"status":${status}}`));
		expect(outcome).toEqual({ each: [result] });
	});

	it("that was taken without a token cannot be told from one that was not", async () => {
		const recipients = people.slice(0, 1);
		const unreadable = { each: [{ type: "unknown", cause: "answer_unreadable" }] };
		for (const answer of ['{"status":0}', '{"status":0,"message_token":{}}', "[]", '{"status":"0"}'])
			expect(await viberBot.send({ ...call, recipients }, settings, answering(answer))).toEqual(unreadable);
	});

	it("is refused as long as the bot has no address to report to", async () => {
		const fake = await startFake();
		const transport = createTransport({ connections: 1, timeoutMs: 2000, network: "any" });
		const own = { baseUrl: fake.baseUrl, authToken: FAKE_KEY };
		const outcome = await viberBot.send({ ...call, callbackUrl: "not an address" }, own, transport);
		expect(outcome).toMatchObject({ each: [{ kind: "config" }, { kind: "number" }, { kind: "config" }] });
		await transport.close();
		await fake.close();
	});
});

describe("an event", () => {
	it("keeps a token of 64 bits, which is another message's when it is rounded", () => {
		const told = (token: string) =>
			readReceipts("", `{"event":"delivered","timestamp":1772355606123,"message_token":${token},"user_id":"AAA111=="}`);
		expect(told("5741311803571721087")).toEqual([
			{
				externalId: null,
				providerMessageId: "5741311803571721087:AAA111==",
				state: "delivered",
				atUtc: 1772355606123,
			},
		]);
		expect(told("5741311803571721088")).not.toEqual(told("5741311803571721087"));
	});

	it.each([
		["seen", { state: "read" }],
		["failed", { state: "failed", cause: "bad_content" }],
	])("%s", (event, wanted) => {
		expect(readReceipts("", JSON.stringify({ event, message_token: 7, user_id: "A" }))).toEqual([
			{ externalId: null, providerMessageId: "7:A", ...wanted },
		]);
	});

	it("about people says nothing of a message; about nobody it is rubbish", () => {
		for (const event of ["webhook", "subscribed", "unsubscribed", "conversation_started", "message", "constructor"])
			expect(readReceipts("", JSON.stringify({ event, message_token: 1, user_id: "A" }))).toEqual([]);
		for (const event of [{ message_token: 1 }, { user_id: "A" }, { message_token: 1.5, user_id: "A" }])
			expect(() => readReceipts("", JSON.stringify({ event: "seen", ...event }))).toThrow(ReceiptRubbishError);
	});

	it("is signed over its very bytes, in a header or in the address", () => {
		// Computed apart from this code: printf %s '{"event":"webhook"}' | openssl dgst -sha256 -hmac tok.
		const signature = "8e2206748cdd5da3fbfc5ebb1a0a005faee0c40b65106791ae7b922b82da9c6c";
		const body = '{"event":"webhook"}';
		const isOwn = (url: string, headers: Record<string, string>, of = body) =>
			viberBot.authenticate!({ url, headers, body: of }, settings);
		expect(isOwn("https://a.test/h", { "x-viber-content-signature": signature })).toBe(true);
		expect(isOwn(`https://a.test/h?sig=${signature}`, {})).toBe(true);
		expect(isOwn(`https://a.test/h?sig=${signature}`, { "x-viber-content-signature": "00" })).toBe(false);
		expect(isOwn(`https://a.test/h?sig=${signature}`, {}, `${body} `)).toBe(false);
		expect(isOwn("https://a.test/h", {})).toBe(false);
	});
});
