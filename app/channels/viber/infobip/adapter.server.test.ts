import { describe, expect, it } from "vitest";
import type { AskedMessage } from "../../channel.ts";
import { runContract } from "../../contract.ts";
import { createTransport } from "../../transport.server.ts";
import { infobipViber } from "./adapter.server.ts";
import { SIMULATOR_API_KEY, startFake } from "./fake.ts";
import { expectedFate } from "./fake-fates.ts";
import { settingsSchema } from "./settings.ts";

let next = 380670000000;

const askedMessage = (externalId: string): AskedMessage => ({
	externalId,
	providerMessageId: null,
	to: "+380671112233",
	sentAtUtc: 0,
});

runContract({
	adapter: infobipViber,
	async startFake() {
		const fake = await startFake();
		return {
			settings: { baseUrl: fake.baseUrl, apiKey: SIMULATOR_API_KEY, failoverSender: "DemoShop" },
			wrongSettings: { baseUrl: fake.baseUrl, apiKey: "another-key", failoverSender: "" },
			// Port 1 belongs to nobody.
			unreachableSettings: { baseUrl: "http://127.0.0.1:1", apiKey: SIMULATOR_API_KEY, failoverSender: "" },
			control: fake.control,
			writtenTo: (number) => fake.provider.journal.countOf(number),
			close: fake.close,
		};
	},
	goodNumbers(count) {
		const numbers: string[] = [];
		while (numbers.length < count) {
			const number = `+${next++}`;
			if (expectedFate(number).state === "read") numbers.push(number);
		}
		return numbers;
	},
	refusedNumber: "+380671990006",
});

describe("the request", () => {
	it("is one message with all destinations, numbers without the plus, validity within Infobip's 48 hours", async () => {
		const bodies: unknown[] = [];
		const urls: string[] = [];
		const transport = {
			async request(request: { url: string; headers: Record<string, string>; body?: string }) {
				urls.push(request.url);
				bodies.push(JSON.parse(request.body ?? ""));
				expect(request.headers.authorization).toBe("App key");
				return { status: 500, headers: {}, body: "" };
			},
		};
		const content = { kind: "text" as const, sender: "DemoShop", text: 'a "b"\n', validitySeconds: 1_000_000 };
		const recipients = [
			{ externalId: "i-1-1", to: "+380671112233" },
			{ externalId: "i-2-1", to: "+380671112234" },
		];
		const settings = { baseUrl: "https://x.api.infobip.com", apiKey: "key", failoverSender: "" };
		await infobipViber.send(
			{ channel: "viber", content, recipients, callbackUrl: "https://a.test/hooks/1/2-t" },
			settings,
			transport,
		);
		await infobipViber.send(
			{ channel: "viber", content, recipients: recipients.slice(1), callbackUrl: "https://b.test/h" },
			settings,
			transport,
		);
		expect(urls[0]).toBe("https://x.api.infobip.com/viber/2/messages");
		const message = {
			sender: "DemoShop",
			content: { type: "TEXT", text: 'a "b"\n' },
			options: { validityPeriod: { amount: 172_800, timeUnit: "SECONDS" } },
			webhooks: {
				delivery: { url: "https://a.test/hooks/1/2-t" },
				seen: { url: "https://a.test/hooks/1/2-t/seen" },
				contentType: "application/json",
			},
			destinations: [
				{ to: "380671112233", messageId: "i-1-1" },
				{ to: "380671112234", messageId: "i-2-1" },
			],
		};
		expect(bodies[0]).toEqual({ messages: [message] });
		expect(bodies[1]).toEqual({
			messages: [
				{
					...message,
					webhooks: {
						delivery: { url: "https://b.test/h" },
						seen: { url: "https://b.test/h/seen" },
						contentType: "application/json",
					},
					destinations: message.destinations.slice(1),
				},
			],
		});
	});

	it.each([
		[
			{ kind: "image", imageUrl: "https://a.test/p.jpg" },
			{ type: "IMAGE", mediaUrl: "https://a.test/p.jpg" },
		],
		[
			{ kind: "image_text", imageUrl: "https://a.test/p.jpg", text: "New" },
			{ type: "IMAGE", mediaUrl: "https://a.test/p.jpg", text: "New" },
		],
		[
			{ kind: "text_button", text: "New", button: { caption: "Look", url: "https://a.test/" } },
			{ type: "TEXT", text: "New", button: { title: "Look", action: "https://a.test/" } },
		],
		[
			{
				kind: "image_text_button",
				imageUrl: "https://a.test/p.jpg",
				text: "New",
				button: { caption: "Look", url: "u" },
			},
			{ type: "IMAGE", mediaUrl: "https://a.test/p.jpg", text: "New", button: { title: "Look", action: "u" } },
		],
	] as const)("says %j in the provider's words", async (said, wanted) => {
		let body: { messages: { content: unknown }[] } | undefined;
		const transport = {
			async request(request: { body?: string }) {
				body = JSON.parse(request.body ?? "");
				return { status: 500, headers: {}, body: "" };
			},
		};
		const recipients = [{ externalId: "i-1-1", to: "+380671112233" }];
		const content = { ...said, sender: "DemoShop", validitySeconds: 60 };
		const settings = { baseUrl: "https://x.api.infobip.com", apiKey: "key", failoverSender: "" };
		await infobipViber.send(
			{ channel: "viber", content, recipients, callbackUrl: "https://a.test/h" },
			settings,
			transport,
		);
		expect(body?.messages[0]?.content).toEqual(wanted);
	});

	it.each([
		[
			{ kind: "text", text: "New" },
			{ sender: "DemoShop", text: "New" },
		],
		[
			{ kind: "text_button", text: "New", button: { caption: "Look", url: "https://a.test/" } },
			{ sender: "DemoShop", text: "New https://a.test/" },
		],
		[{ kind: "image", imageUrl: "https://a.test/p.jpg" }, undefined],
	] as const)("has Infobip say %j by SMS where Viber fails, if it is told to", async (said, wanted) => {
		const bodies: { messages: { options: Record<string, unknown>; webhooks: { delivery: object } }[] }[] = [];
		const transport = {
			async request(request: { body?: string }) {
				bodies.push(JSON.parse(request.body ?? ""));
				return { status: 500, headers: {}, body: "" };
			},
		};
		const recipients = [{ externalId: "i-1-1", to: "+380671112233" }];
		const call = {
			channel: "viber" as const,
			content: { ...said, sender: "Viber", validitySeconds: 60 },
			recipients,
			callbackUrl: "https://a.test/h",
		};
		const settings = { baseUrl: "https://x.api.infobip.com", apiKey: "key" };
		// The same content, so that what is kept of it must not be the other setting's.
		for (const failoverSender of ["", "DemoShop"])
			await infobipViber.send(call, { ...settings, failoverSender }, transport);
		const [without, withIt] = bodies.map(({ messages }) => messages[0]!);
		expect(without?.options).not.toHaveProperty("smsFailover");
		expect(without?.webhooks.delivery).toEqual({ url: "https://a.test/h" });
		expect(withIt?.options.smsFailover).toEqual(wanted);
		expect(withIt?.webhooks.delivery).toEqual({
			url: "https://a.test/h",
			...(wanted && { receiveTriggeredFailoverReports: true }),
		});
	});

	it("asks about ten ids at once, never more", async () => {
		let running = 0;
		let most = 0;
		const transport = {
			async request() {
				most = Math.max(most, ++running);
				await new Promise(setImmediate);
				running--;
				return { status: 200, headers: {}, body: '{"results":[]}' };
			},
		};
		const asked = Array.from({ length: 35 }, (_, at) => askedMessage(`i-${at}-1`));
		const answers = await infobipViber.ask!(
			asked,
			{ baseUrl: "http://x.test", apiKey: "key", failoverSender: "" },
			transport,
		);
		expect(answers).toEqual(asked.map(() => ({ type: "absent" })));
		expect(most).toBe(10);
	});

	it("does not take another message's log entry for an answer", async () => {
		const body = '{"results":[{"messageId":"other","status":{"groupId":3,"id":5}}]}';
		const transport = { request: async () => ({ status: 200, headers: {}, body }) };
		const settings = { baseUrl: "http://x.test", apiKey: "key", failoverSender: "" };
		expect(await infobipViber.ask!([askedMessage("i-1-1")], settings, transport)).toEqual([{ type: "unanswered" }]);
	});
});

describe("settings", () => {
	it.each([
		["https://x1.api.infobip.com", true],
		["http://127.0.0.1:3001", true],
		["https://x1.api.infobip.com/", false],
		["ftp://x1.api.infobip.com", false],
		["https://x1.api.infobip.com?a=1", false],
		["x1.api.infobip.com", false],
	])("base URL %s: %s", (baseUrl, isRight) => {
		expect(settingsSchema.safeParse({ baseUrl, apiKey: "key" }).success).toBe(isRight);
	});

	it("refuses a key that could not stand in a header", () => {
		const parse = (apiKey: string) => settingsSchema.safeParse({ baseUrl: "https://x.test", apiKey });
		expect(parse("a\nb").success).toBe(false);
		expect(parse("").success).toBe(false);
		expect(parse(" key ").data?.apiKey).toBe("key");
	});
});

it("gives a connection's failure after the transport is gone an outcome too", async () => {
	const fake = await startFake();
	const transport = createTransport({ connections: 1, timeoutMs: 5000, network: "any" });
	fake.control({ next: [{ do: "take-then-hang" }] });
	const content = { kind: "text" as const, sender: "S", text: "t", validitySeconds: 60 };
	const recipients = [{ externalId: "gone-1", to: "+380670000001" }];
	const settings = { baseUrl: fake.baseUrl, apiKey: SIMULATOR_API_KEY, failoverSender: "" };
	const outcome = infobipViber.send(
		{ channel: "viber", content, recipients, callbackUrl: "http://127.0.0.1:1/h" },
		settings,
		transport,
	);
	await expect.poll(() => fake.provider.journal.written).toBe(1);
	await transport.destroy();
	expect(await outcome).toEqual({ all: { type: "unknown", cause: "connection_broken" } });
	await fake.close();
});
