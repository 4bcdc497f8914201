import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type Content, ReceiptRubbishError, type Transport } from "../channel.ts";
import { runContract } from "../contract.ts";
import type { HttpRequest } from "../http-results.ts";
import { genericHttp } from "./adapter.server.ts";
import { fakeSettings, REFUSED_END, startFake } from "./fake.ts";
import { readReceipts } from "./receipts.server.ts";
import { type GenericHttpSettings, settingsSchema } from "./settings.ts";

let next = 380670000000;

runContract({
	adapter: genericHttp,
	async startFake() {
		const fake = await startFake();
		const settings = fakeSettings(fake.baseUrl);
		return {
			settings,
			wrongSettings: { ...settings, secret1: "another", signatureSecret: "another" },
			// Port 1 belongs to nobody.
			unreachableSettings: fakeSettings("http://127.0.0.1:1"),
			control: (input) => fake.control(input),
			writtenTo: (number) => fake.journal.countOf(number),
			close: () => fake.close(),
		};
	},
	goodNumbers: (count) => Array.from({ length: count }, () => `+${next++}`),
	refusedNumber: `+380671${REFUSED_END}`,
});

const base = fakeSettings("https://api.example.com");
const simple = { ...base, headers: "", url: "https://api.example.com/send", body: "{}", richBody: "" };
const content: Content = { kind: "text", text: "a", sender: "DemoShop", validitySeconds: 60 };

/** What one send makes, and what is made of the answer. */
async function send(
	settings: GenericHttpSettings,
	said: Partial<Content> = {},
	answer: { status?: number; body?: string } = {},
) {
	const requests: HttpRequest[] = [];
	const transport: Transport = {
		async request(request) {
			requests.push(request);
			return { headers: {}, status: 200, body: '{"result":{"code":0,"id":"x"}}', ...answer };
		},
	};
	const recipients = [{ externalId: "i-1-1", to: "+380671112233" }];
	const call = {
		channel: "sms" as const,
		content: { ...content, ...said } as Content,
		recipients,
		callbackUrl: "https://we.test/h",
	};
	const outcome = await genericHttp.send(call, settings, transport);
	return { requests, result: "all" in outcome ? outcome.all : outcome.each[0] };
}

const NASTY = 'a"b\\c\r\nX-Evil: 1\u0000&to=1?#/../<x>%0d%0a\ud800 Знижка';

describe("a request", () => {
	it("of JSON keeps a nasty text one string, in the body and in the address", async () => {
		const url = "https://api.example.com/{{to}}/send?t={{text}}&b={{basic}}";
		const settings = {
			...simple,
			url,
			body: '{"x": ["{{text}}", {{to}}], "n": "{{sender}} {{to_plus}}"}',
			secret2: "s",
		};
		const { requests } = await send(settings, { text: NASTY });
		const [{ url: made, body, headers }] = requests as [HttpRequest];
		expect(JSON.parse(body!)).toEqual({ x: [NASTY, 380671112233], n: "DemoShop +380671112233" });
		const address = new URL(made);
		expect(address.pathname).toBe("/380671112233/send");
		expect(Object.fromEntries(address.searchParams)).toEqual({
			t: NASTY.toWellFormed(),
			b: Buffer.from("key-of-the-fake:s").toString("base64"),
		});
		expect(headers["content-type"]).toBe("application/json");
	});

	it("of a form may have each field in its line, and a value is one field", async () => {
		const body = "to={{to}}\r\n&text={{text}}&\nref={{id}}";
		const { requests } = await send({ ...simple, bodyType: "form", body }, { text: NASTY });
		const form = new URLSearchParams(requests[0]!.body);
		expect([...form]).toEqual([
			["to", "380671112233"],
			["text", NASTY.toWellFormed()],
			["ref", "i-1-1"],
		]);
	});

	it("of XML has no element and no entity of a value's own", async () => {
		const { requests } = await send(
			{ ...simple, bodyType: "xml", body: '<m to="{{to}}">{{text}}</m>' },
			{ text: NASTY },
		);
		const inner = /^<m to="380671112233">([^<>]*)<\/m>$/.exec(requests[0]!.body!)?.[1] ?? "";
		expect(inner).not.toMatch(/["']|&(?!#\d+;)/);
		expect(inner.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))).toBe(
			NASTY.toWellFormed().replace("\u0000", ""),
		);
	});

	it("has no header, and no line, of a value's own", async () => {
		const { requests } = await send({ ...simple, headers: "X-Text: {{text}}\nX-Auth: {{secret1}}" }, { text: NASTY });
		expect(Object.keys(requests[0]!.headers).sort()).toEqual(["accept", "content-type", "x-auth", "x-text"]);
		for (const value of Object.values(requests[0]!.headers)) expect(value).toMatch(/^[\x20-\x7e]*$/);
	});

	it("by GET has no body", async () => {
		const url = "https://api.example.com/send?to={{to}}&text={{text}}";
		const { requests } = await send({ ...simple, method: "GET", url });
		expect(requests).toEqual([
			{ method: "GET", url: "https://api.example.com/send?to=380671112233&text=a", headers: { accept: "*/*" } },
		]);
	});

	it("is not made for a picture that no template names, nor for what is no number", async () => {
		const picture = { kind: "image", imageUrl: "https://x.test/a.jpg" } as const;
		const told = await send(simple, picture);
		expect(told).toEqual({
			requests: [],
			result: { type: "refused", kind: "config", permanent: false, cause: "bad_request" },
		});
		expect((await send({ ...simple, method: "GET" }, picture)).requests).toEqual([]);
		const recipients = [{ externalId: "i-1-1", to: "01234567890A=" }];
		const transport: Transport = { request: () => Promise.reject(new Error("called")) };
		const call = { channel: "sms" as const, content, recipients, callbackUrl: "" };
		expect(await genericHttp.send(call, simple, transport)).toMatchObject({ all: { cause: "bad_number" } });
	});
});

describe("an answer", () => {
	const meanings = "ok = accepted\nE1 = on_stop_list\nE2 = provider_balance\nE3 = throttled 30\nE4 = flooding";
	const settings = { ...simple, answerPath: "s", answerMeanings: meanings, answerIdPath: "" };
	const json = (s: unknown) => JSON.stringify({ s });
	it.each<[number, string, object]>([
		[200, json("OK"), { type: "accepted", state: "handed_over" }],
		[200, json("e1"), { type: "refused", kind: "consent", permanent: true, cause: "on_stop_list" }],
		[400, json("E2"), { type: "refused", kind: "balance", permanent: false, cause: "provider_balance" }],
		[200, json("E3"), { type: "throttled", retryAfterMs: 30_000, cause: "throttled" }],
		[200, json("E4"), { type: "refused", kind: "number", permanent: true, cause: "flooding" }],
		[200, json("new"), { type: "unknown", cause: "answer_unreadable" }],
		[200, json({ ok: 1 }), { type: "unknown", cause: "answer_unreadable" }],
		[200, "OK", { type: "unknown", cause: "answer_unreadable" }],
		// "Taken" from a status that says otherwise is no proof of either.
		[400, json("ok"), { type: "refused", kind: "content", permanent: true, cause: "bad_request" }],
		[500, json("e1"), { type: "unknown", cause: "provider_error_5xx" }],
		[401, json("e1"), { type: "refused", kind: "consent", permanent: true, cause: "on_stop_list" }],
		[401, json("new"), { type: "refused", kind: "config", permanent: false, cause: "provider_access" }],
		[200, `${"[".repeat(300_000)}1`, { type: "unknown", cause: "answer_unreadable" }],
	])("of %i %s", async (status, body, wanted) => {
		expect((await send(settings, {}, { status, body })).result).toEqual(wanted);
	});

	it("of any other word is what `*` says, unless the status says more", async () => {
		const others = { ...settings, answerMeanings: `${meanings}\n* = bad_number` };
		const refused = { type: "refused", kind: "number", permanent: true, cause: "bad_number" };
		expect((await send(others, {}, { body: json("new") })).result).toEqual(refused);
		expect((await send(others, {}, { status: 422, body: json("new") })).result).toEqual(refused);
		expect((await send(others, {}, { status: 401, body: json("new") })).result).toMatchObject({ kind: "config" });
		expect((await send(others, {}, { body: "{}" })).result).toEqual({ type: "unknown", cause: "answer_unreadable" });
	});

	it("of plain words has its code and its id by their places", async () => {
		const words = { ...settings, answerPath: "[0]", answerIdPath: "[1]" };
		const told = await send(words, {}, { body: "OK: 9007199254740993\n" });
		expect(told.result).toEqual({ type: "accepted", state: "handed_over", providerMessageId: "9007199254740993" });
		expect((await send(words, {}, { body: "OK" })).result).toEqual({ type: "unknown", cause: "answer_unreadable" });
	});

	it("where no word is described is taken by its status", async () => {
		const bare = { ...settings, answerPath: "", answerMeanings: "" };
		expect((await send(bare, {}, { status: 204, body: "" })).result).toMatchObject({ type: "accepted" });
	});
});

describe("a report", () => {
	const read = (body: string, change: Partial<GenericHttpSettings> = {}, path = "") =>
		readReceipts(path, body, { ...base, reportListPath: "", reportIdPath: "id", ...change });
	const seconds = 1_772_355_606;

	it.each<[string, number | undefined]>([
		[String(seconds), seconds * 1000],
		[String(seconds * 1000), seconds * 1000],
		["2026-03-01T09:00:06Z", seconds * 1000],
		["2026-03-01 11:00:06+0200", seconds * 1000],
		["2026-03-01 09:00", seconds * 1000 - 6_000],
		["yesterday", undefined],
		["99999", undefined],
	])("of the time %s", (at, atUtc) => {
		const [receipt] = read(JSON.stringify({ id: "7", status: "DELIVRD", at }));
		expect(receipt).toEqual({ externalId: null, providerMessageId: "7", state: "delivered", ...(atUtc && { atUtc }) });
	});

	it("may be JSON, a list, a form, or an address", () => {
		const told = { externalId: null, providerMessageId: "9007199254740993", state: "failed", cause: "unreachable" };
		expect(read('{"id":9007199254740993,"status":"undeliv"}')).toEqual([told]);
		expect(read('[{"id":"9007199254740993","status":"UNDELIV"},{"id":5},null]')).toEqual([told]);
		expect(read("id=9007199254740993&status=UNDELIV")).toEqual([told]);
		expect(genericHttp.readGet!("id=9007199254740993&status=UNDELIV", base)).toEqual({
			body: "id=9007199254740993&status=UNDELIV",
		});
		expect(genericHttp.readGet!("", base)).toBeUndefined();
		expect(read('{"id":"i-1-1","status":"SEEN"}', { reportId: "ours" })).toEqual([
			{ externalId: "i-1-1", state: "read" },
		]);
		expect(read("status=SEEN", { reportId: "address" }, "/m/i-1-1")).toEqual([{ externalId: "i-1-1", state: "read" }]);
	});

	it("of a word that means nothing to us is nothing, and of what is no report is rubbish", () => {
		expect(read('{"id":"7","status":"QUEUED"}')).toEqual([]);
		const deep = `{"id":"7","status":${"[".repeat(300_000)}${"]".repeat(300_000)}}`;
		const wrong = [
			deep,
			"",
			"{",
			"[]x",
			'{"id":"7"}',
			'{"id":{},"status":"SEEN"}',
			`{"id":"${"7".repeat(300)}","status":"SEEN"}`,
		];
		for (const body of wrong) expect(() => read(body), body.slice(0, 40)).toThrow(ReceiptRubbishError);
		expect(() => read('{"id":"7","status":"SEEN"}', { reportId: "none" })).toThrow(ReceiptRubbishError);
		expect(() => read('{"status":"SEEN"}', { reportIdPath: "constructor.name" })).toThrow(ReceiptRubbishError);
	});

	it("is signed in hexadecimal digits or base64, or by nobody where that is so", () => {
		// Computed apart from this code: printf '%s' 'id=7&status=SEEN' | openssl dgst -sha256 -hmac 'a secret'.
		const hex = "76adbe2be49f23cf01a4a03698a6dd7dc57fb0199387179f31adaa1df6860532";
		const body = "id=7&status=SEEN";
		const settings = { ...base, signatureSecret: "a secret" };
		const isOwn = (signature: string | undefined, of = settings, said = body) =>
			genericHttp.authenticate!({ url: "", headers: { "x-signature": signature }, body: said }, of);
		for (const right of [hex, hex.toUpperCase(), `sha256=${hex}`, Buffer.from(hex, "hex").toString("base64")])
			expect(isOwn(right), right).toBe(true);
		const sha1 = createHmac("sha1", "a secret").update(body).digest("hex");
		for (const wrong of [undefined, "", sha1, hex.slice(2), `${hex}00`]) expect(isOwn(wrong), wrong).toBe(false);
		expect(isOwn(hex, settings, `${body} `)).toBe(false);
		expect(isOwn(undefined, { ...settings, signatureHeader: "" })).toBe(true);
	});
});

describe("the settings", () => {
	const troubles = (change: object) => {
		const parsed = settingsSchema.safeParse({ ...base, ...change });
		return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => [path[0], message.split("|")[0]]);
	};

	it("of the example are well", () => expect(troubles({})).toEqual([]));

	it.each<[object, string, string]>([
		[{ url: "" }, "url", "providers:error.required"],
		[{ url: "https://{{sender}}/send" }, "url", "providers:error.url"],
		[{ url: "https://api.example.com{{text}}" }, "url", "providers:error.url"],
		[{ url: "https://me:secret@api.example.com/" }, "url", "providers:error.url"],
		[{ url: "ftp://api.example.com/" }, "url", "providers:error.url"],
		[{ url: "https://api.example.com/{{text}}/x" }, "url", "providers:error.field_place"],
		[{ url: "https://api.example.com/?a={{phone}}" }, "url", "providers:error.unknown_field"],
		[{ body: '{"text": {{text}}}' }, "body", "providers:error.template_json"],
		[{ body: '{"text": "{{text}}"' }, "body", "providers:error.template_json"],
		[{ body: '{"text": "{{ constructor }}"}' }, "body", "providers:error.unknown_field"],
		[{ headers: "Host: other" }, "headers", "providers:error.line"],
		[{ headers: "no colon" }, "headers", "providers:error.line"],
		[{ headers: "X: Ж" }, "headers", "providers:error.line"],
		[{ answerPath: "a..b" }, "answerPath", "providers:error.path"],
		[{ answerMeanings: "0 = fine" }, "answerMeanings", "providers:error.line"],
		[{ answerMeanings: "" }, "answerMeanings", "providers:error.required"],
		[{ answerIdPath: "" }, "answerIdPath", "providers:error.required"],
		[{ reportMeanings: "X = delivered __proto__" }, "reportMeanings", "providers:error.line"],
		[{ signatureSecret: "" }, "signatureSecret", "providers:error.required"],
	])("such as %o are not taken", (change, field, message) => {
		expect(troubles(change)).toEqual([[field, message]]);
	});
});
