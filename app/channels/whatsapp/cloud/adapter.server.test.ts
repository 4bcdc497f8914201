import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Content, SendResult } from "../../channel.ts";
import { ReceiptRubbishError, type Transport } from "../../channel.ts";
import { runContract } from "../../contract.ts";
import { whatsappCloud } from "./adapter.server.ts";
import { FAKE_KEY, REFUSED_END, startFake } from "./fake.ts";
import { readGet, readReceipts } from "./receipts.server.ts";
import { settingsSchema } from "./settings.ts";

let next = 380670000000;
const noTemplate = { templateName: "", imageTemplateName: "", templateLanguage: "" };

runContract({
	adapter: whatsappCloud,
	async startFake() {
		const fake = await startFake();
		const settings = { baseUrl: fake.baseUrl, ...FAKE_KEY, ...noTemplate };
		return {
			settings,
			wrongSettings: { ...settings, accessToken: "another", appSecret: "another" },
			// Port 1 belongs to nobody.
			unreachableSettings: { ...settings, baseUrl: "http://127.0.0.1:1" },
			control: (input) => fake.control(input),
			writtenTo: (number) => fake.journal.countOf(number),
			callBackTo: (url) => fake.callBackTo(url),
			close: () => fake.close(),
		};
	},
	goodNumbers: (count) => Array.from({ length: count }, () => `+${next++}`),
	refusedNumber: `+380671${REFUSED_END}`,
});

const settings = { baseUrl: "http://x.test", ...FAKE_KEY, ...noTemplate };
const frame = { sender: "DemoShop", validitySeconds: 3600 };

/** What one send writes, and what is made of the answer. */
async function send(
	content: Content,
	change: Partial<typeof settings> = {},
	answer?: { status: number; body: string },
) {
	const bodies: unknown[] = [];
	const transport: Transport = {
		async request({ body }) {
			bodies.push(JSON.parse(body!));
			return { headers: {}, status: 200, body: '{"messages":[{"id":"wamid.1"}]}', ...answer };
		},
	};
	const call = {
		channel: "whatsapp",
		content,
		recipients: [{ externalId: "i-1-1", to: "+380671112233" }],
		callbackUrl: "",
	} as const;
	const outcome = await whatsappCloud.send(
		{ ...call, recipients: [...call.recipients] },
		{ ...settings, ...change },
		transport,
	);
	return { bodies, outcome };
}

describe("a template", () => {
	const templates = { templateName: "news", imageTemplateName: "news_picture", templateLanguage: "uk" };
	const parametersOf = (sent: unknown) =>
		(sent as { template: { components: { type: string; parameters: unknown[] }[] } }).template.components;

	it("carries the words as its one parameter, without line breaks and runs of spaces", async () => {
		const text = "Знижка 20%\n\n  до неділі\t\u2028так     !  ";
		const { bodies } = await send({ ...frame, kind: "text", text }, templates);
		expect(bodies).toEqual([
			{
				messaging_product: "whatsapp",
				recipient_type: "individual",
				to: "380671112233",
				type: "template",
				template: {
					name: "news",
					language: { code: "uk", policy: "deterministic" },
					components: [{ type: "body", parameters: [{ type: "text", text: "Знижка 20% до неділі так !" }] }],
				},
				biz_opaque_callback_data: "i-1-1",
			},
		]);
	});

	it("has the picture for its header, and a button's address after the words", async () => {
		const button = { caption: "Shop", url: "https://shop.example.com/a" };
		const imageUrl = "https://shop.example.com/a.jpg";
		const { bodies } = await send({ ...frame, kind: "image_text_button", text: "Sale", imageUrl, button }, templates);
		expect(bodies[0]).toMatchObject({ template: { name: "news_picture" } });
		expect(parametersOf(bodies[0])).toEqual([
			{ type: "header", parameters: [{ type: "image", image: { link: imageUrl } }] },
			{ type: "body", parameters: [{ type: "text", text: "Sale Shop: https://shop.example.com/a" }] },
		]);
	});

	it("that is not named for pictures stops those campaigns, and nothing is sent", async () => {
		const picture: Content = { ...frame, kind: "image", imageUrl: "https://shop.example.com/a.jpg" };
		const { bodies, outcome } = await send(picture, { ...templates, imageTemplateName: "" });
		expect(bodies).toEqual([]);
		expect(outcome).toEqual({
			all: { type: "refused", kind: "config", permanent: false, cause: "template_mismatch" },
		});
	});

	it("needs its language", () => {
		expect(settingsSchema.safeParse({ ...settings, templateName: "news" }).success).toBe(false);
		expect(settingsSchema.safeParse({ ...settings, ...templates }).success).toBe(true);
	});
});

describe("an error", () => {
	const text: Content = { ...frame, kind: "text", text: "a" };
	const refused = (kind: string, cause: string) => ({
		type: "refused",
		kind,
		permanent: kind !== "config" && kind !== "balance",
		cause,
	});
	it.each<[number, number, object, object]>([
		[400, 131026, {}, refused("number", "not_on_channel")],
		[400, 131047, {}, refused("content", "session_closed")],
		[400, 131050, {}, refused("consent", "blocked_by_recipient")],
		[400, 131042, {}, refused("balance", "provider_balance")],
		[400, 190, {}, refused("config", "provider_access")],
		[400, 100, { error_subcode: 33 }, refused("config", "provider_access")],
		[400, 100, {}, refused("content", "bad_request")],
		[404, 132001, {}, refused("config", "template_mismatch")],
		[403, 131049, {}, refused("number", "flooding")],
		[400, 80007, {}, { type: "throttled", retryAfterMs: 5_000, cause: "throttled" }],
		[400, 131000, {}, { type: "unknown", cause: "provider_fault" }],
		[503, 131016, {}, { type: "unknown", cause: "provider_error_5xx" }],
		[400, 999_999, {}, refused("content", "bad_request")],
	])("of status %i with the code %i", async (status, code, more, wanted) => {
		const body = JSON.stringify({ error: { message: "x", code, ...more } });
		expect((await send(text, {}, { status, body })).outcome).toEqual({ all: wanted });
	});

	it("about the pace for one person makes nobody else wait", async () => {
		const { outcome } = await send(text, {}, { status: 400, body: '{"error":{"code":131056}}' });
		const wanted: SendResult = { type: "throttled", retryAfterMs: 6_000, cause: "throttled" };
		expect(outcome).toEqual({ each: [wanted] });
	});
});

/** As on Meta's page of the webhook, with the field that we send along. */
const statusOf = (change: object) => ({
	id: "wamid.TESTAAA1",
	status: "delivered",
	timestamp: "1772355606",
	recipient_id: "380671112233",
	biz_opaque_callback_data: "i-1-1",
	...change,
});
const eventOf = (...statuses: object[]) => ({
	object: "whatsapp_business_account",
	entry: [{ id: "2233", changes: [{ field: "messages", value: { messaging_product: "whatsapp", statuses } }] }],
});
const read = (event: object) => readReceipts("", JSON.stringify(event));

describe("a webhook", () => {
	it("tells several statuses, in several entries and changes, and passes over what is none of ours", () => {
		const [first] = eventOf(statusOf({}), statusOf({ biz_opaque_callback_data: "i-2-1", status: "read" })).entry;
		const messages = { field: "messages", value: { messages: [{ from: "380671112233", type: "text" }] } };
		const foreign = eventOf(statusOf({ biz_opaque_callback_data: undefined }), statusOf({ status: "played" })).entry[0];
		const entry = [first, { id: "2233", changes: [messages, null, 5] }, foreign, null, "x"];
		const atUtc = 1_772_355_606_000;
		expect(read({ object: "whatsapp_business_account", entry })).toEqual([
			{ externalId: "i-1-1", state: "delivered", atUtc },
			{ externalId: "i-2-1", state: "read", atUtc },
		]);
	});

	it.each([
		[131026, "rejected", "not_on_channel"],
		[131047, "rejected", "session_closed"],
		[131049, "rejected", "flooding"],
		[131053, "rejected", "media_trouble"],
		[131042, "failed", "provider_balance"],
		[131000, "failed", "provider_fault"],
		[123456, "failed", "unspecified"],
	])("that failed with %i says %s, %s", (code, state, cause) => {
		const errors = [{ code, title: "x", message: "x", error_data: { details: "x" } }];
		expect(read(eventOf(statusOf({ status: "failed", errors })))[0]).toMatchObject({ state, cause });
	});

	it("says the same however often it comes again", () => {
		expect(read(eventOf(statusOf({}), statusOf({})))).toEqual([
			...read(eventOf(statusOf({}))),
			...read(eventOf(statusOf({}))),
		]);
	});

	it("of depth, breadth or numbers that Meta does not send is read or is rubbish, at once", () => {
		const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
		expect(() => readReceipts("", deep)).toThrow(ReceiptRubbishError);
		expect(() => readReceipts("", `{"object":"whatsapp_business_account","entry":{"a":${deep}}}`)).toThrow(
			ReceiptRubbishError,
		);
		const inside = `{"object":"whatsapp_business_account","entry":[{"changes":${deep}}]}`;
		expect(readReceipts("", inside)).toEqual([]);
		const many = Array.from({ length: 5_000 }, (_, at) => statusOf({ biz_opaque_callback_data: `i-${at}-1` }));
		expect(read(eventOf(...many))).toHaveLength(5_000);
		const odd = statusOf({ timestamp: 1_772_355_606, id: 12, errors: { code: "__proto__" }, status: "failed" });
		expect(read(eventOf(odd))).toEqual([{ externalId: "i-1-1", state: "failed", cause: "unspecified" }]);
	});

	it("is signed over its bytes as they came", () => {
		const isOwn = (body: string, signature: string | undefined, appSecret: string) =>
			whatsappCloud.authenticate!(
				{ url: "", headers: { "x-hub-signature-256": signature }, body },
				{ ...settings, appSecret },
			);
		// Computed apart from this code: printf '%s' '{"a":"\u00e4\/"}' | openssl dgst -sha256 -hmac 'app secret'.
		const body = '{"a":"\\u00e4\\/"}';
		const hex = "0ffe27dd8acff5a26095911995fb6d5f09a961dbbc01e0d9b6d4600d82bf70ff";
		expect(isOwn(body, `sha256=${hex}`, "app secret")).toBe(true);
		expect(isOwn(JSON.stringify(JSON.parse(body)), `sha256=${hex}`, "app secret"), "written anew").toBe(false);
		expect(isOwn(body, hex, "app secret"), "without its algorithm").toBe(false);
		expect(isOwn(body, `sha1=${createHmac("sha1", "app secret").update(body).digest("hex")}`, "app secret")).toBe(
			false,
		);
		expect(isOwn(body, undefined, "app secret")).toBe(false);
		expect(isOwn(body, `sha256=${hex.slice(2)}`, "app secret")).toBe(false);
	});
});

describe("the question at the set-up of the webhook", () => {
	const ask = (change: Record<string, string>) => {
		const asked = { "hub.mode": "subscribe", "hub.verify_token": FAKE_KEY.verifyToken, "hub.challenge": "1158201444" };
		return readGet(new URLSearchParams({ ...asked, ...change }).toString(), settings);
	};

	it("is answered with its challenge to whoever knows the word", () => {
		expect(ask({})).toEqual({ answer: "1158201444" });
	});

	it.each<Record<string, string>>([
		{ "hub.verify_token": "another" },
		{ "hub.verify_token": "" },
		{ "hub.mode": "unsubscribe" },
		{ "hub.challenge": "" },
		{ "hub.challenge": "<script>" },
	])("is not answered with %o", (change) => {
		expect(ask(change)).toBeUndefined();
	});
});
