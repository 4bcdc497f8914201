import { describe, expect, it } from "vitest";
import { ReceiptRubbishError } from "../channel.ts";
import { runContract } from "../contract.ts";
import { content } from "../contract-contents.ts";
import { smsFly } from "./adapter.server.ts";
import { FAKE_KEY, REFUSED_END, startFake } from "./fake.ts";

let next = 380670000000;

runContract({
	adapter: smsFly,
	async startFake() {
		const fake = await startFake();
		const settings = { baseUrl: `${fake.baseUrl}/api/v2/api.php`, apiKey: FAKE_KEY };
		return {
			settings,
			wrongSettings: { ...settings, apiKey: "another" },
			// Port 1 belongs to nobody.
			unreachableSettings: { ...settings, baseUrl: "http://127.0.0.1:1" },
			control: (input) => fake.control(input),
			writtenTo: (number) => fake.journal.countOf(number),
			close: () => fake.close(),
		};
	},
	goodNumbers: (count) => Array.from({ length: count }, () => `+${next++}`),
	refusedNumber: `+380671${REFUSED_END}`,
	neverRead: ["sms"],
});

const settings = { baseUrl: "https://sms-fly.ua/api/v2/api.php", apiKey: "KEY" };
const answering = (body: string, requests: unknown[] = []) => ({
	async request(request: { body?: string }) {
		requests.push(JSON.parse(request.body ?? ""));
		return { status: 200, headers: {}, body };
	},
});
const call = { content, recipients: [{ externalId: "i-1-1", to: "+380671112233" }], callbackUrl: "https://a.test/h" };

describe("a send", () => {
	it("names one channel, its time in minutes", async () => {
		const requests: unknown[] = [];
		const button = { caption: "Дивитись", url: "https://example.test/s" };
		const said = { kind: "image_text_button" as const, sender: "DemoShop", text: "Знижка 20%", validitySeconds: 90 };
		const full = {
			...call,
			channel: "viber" as const,
			content: { ...said, button, imageUrl: "https://cdn.example.test/a.jpg" },
		};
		await smsFly.send(full, settings, answering("{}", requests));
		await smsFly.send({ ...call, channel: "sms" }, settings, answering("{}", requests));
		expect(requests).toEqual([
			{
				auth: { key: "KEY" },
				action: "SENDMESSAGE",
				data: {
					recipient: "380671112233",
					channels: ["viber"],
					viber: { source: "DemoShop", ttl: 2, text: said.text, button, image: "https://cdn.example.test/a.jpg" },
				},
			},
			{
				auth: { key: "KEY" },
				action: "SENDMESSAGE",
				data: {
					recipient: "380671112233",
					channels: ["sms"],
					sms: { source: "DemoShop", ttl: 60, text: "text" in content && content.text },
				},
			},
		]);
	});

	it.each([
		["INSUFFICIENTFUNDS", { type: "refused", kind: "balance", permanent: false, cause: "provider_balance" }],
		["INVSOURCE", { type: "refused", kind: "config", permanent: false, cause: "sender_not_registered" }],
		["INVTEXT", { type: "refused", kind: "content", permanent: true, cause: "bad_content" }],
		["LIMIT", { type: "throttled", retryAfterMs: 1000, cause: "throttled" }],
		["INTERNAL", { type: "unknown", cause: "provider_error_5xx" }],
		["SOMETHINGNEW", { type: "refused", kind: "content", permanent: true, cause: "unspecified" }],
		["constructor", { type: "refused", kind: "content", permanent: true, cause: "unspecified" }],
	])("that is refused with %s", async (code, result) => {
		const answer = JSON.stringify({ success: 0, error: { code, description: "" } });
		expect(await smsFly.send({ ...call, channel: "sms" }, settings, answering(answer))).toEqual({ all: result });
	});

	it("keeps an id of 64 bits as it was sent", async () => {
		const answer = '{"success":1,"data":{"messageID":5741311803571721087}}';
		expect(await smsFly.send({ ...call, channel: "sms" }, settings, answering(answer))).toMatchObject({
			all: { providerMessageId: "5741311803571721087" },
		});
	});
});

describe("a question", () => {
	const message = { externalId: "i-1-1", providerMessageId: "FAPI000017", to: "+380671112233", sentAtUtc: 0 };
	const told = (data: object) => smsFly.ask!([message], settings, answering(JSON.stringify({ success: 1, data })));

	it.each([
		["VIEWED", { state: "read" }],
		["UNDELIV", { state: "failed", cause: "unreachable" }],
		["STOPED", { state: "rejected", cause: "unspecified" }],
		["EXPIRED", { state: "expired", cause: "expired" }],
	])("that is answered %s", async (status, wanted) => {
		const data = { messageID: "FAPI000017", viber: { status, date: "2026-03-01 11:03:10" } };
		const atUtc = Date.UTC(2026, 2, 1, 9, 3, 10);
		expect(await told(data)).toEqual([{ type: "known", receipts: [{ externalId: "i-1-1", ...wanted, atUtc }] }]);
	});

	it("that is answered about another message, or with an unknown word, is not answered", async () => {
		for (const data of [{ messageID: "FAPI9", viber: { status: "SENT" } }, { viber: { status: "NEW" } }, {}])
			expect(await told(data)).toEqual([{ type: "unanswered" }]);
	});
});

it("reads no callback: what one would look like is not known", () => {
	expect(() => smsFly.readReceipts("", "{}", settings)).toThrow(ReceiptRubbishError);
});
